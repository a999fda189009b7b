// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads events as a client does: pages by cursor, or a stream. */
public final class EventReader {

  private final Api api;

  public EventReader(Api api) {
    this.api = api;
  }

  public JsonObject page(String query) {
    return api.get("/v1/events" + query).as(api.operatorKey()).send().expect(200).body();
  }

  /** Everything behind the cursor until nothing more is there. */
  public List<JsonObject> all(@Nullable String after, String types) {
    List<JsonObject> events = new ArrayList<>();
    String cursor = after;
    boolean hasMore = true;
    while (hasMore) {
      String from = cursor == null ? "" : "&after=" + cursor;
      JsonObject page = page("?limit=500" + types + from);
      events.addAll(objects(page.getJsonArray("items")));
      cursor = page.getString("next_cursor");
      hasMore = page.getBoolean("has_more") || !page.getJsonArray("items").isEmpty();
    }
    return events;
  }

  public static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  /** Opens a stream. */
  public Stream stream(String query, @Nullable String lastEventId, String token)
      throws IOException {
    return new Stream(api.port(), query, lastEventId, token);
  }

  /** A stream of events; read by one thread. */
  public static final class Stream implements AutoCloseable {

    private final HttpURLConnection connection;
    private final BufferedReader lines;
    private String lastId = "";

    Stream(int port, String query, @Nullable String lastEventId, String token) throws IOException {
      connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/v1/events" + query)
                  .toURL()
                  .openConnection();
      connection.setReadTimeout(10_000);
      connection.setRequestProperty("Accept", "text/event-stream");
      connection.setRequestProperty("Authorization", "Bearer " + token);
      if (lastEventId != null) {
        connection.setRequestProperty("Last-Event-ID", lastEventId);
      }
      int status = connection.getResponseCode();
      if (status != 200) {
        throw new IOException("status " + status);
      }
      lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next event; null at the stream's end. Comments and bare ids are skipped. */
    public @Nullable JsonObject next() throws IOException {
      @Nullable JsonObject event = null;
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          return null;
        }
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("data: ")) {
          event = new JsonObject(line.substring(6));
        } else if (line.isEmpty() && event != null) {
          return event;
        }
      }
    }

    /** Reads lines until a comment comes. */
    public void heartbeat() throws IOException {
      String line = "";
      while (line != null && !line.startsWith(":")) {
        line = lines.readLine();
      }
    }

    public String lastId() {
      return lastId;
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
