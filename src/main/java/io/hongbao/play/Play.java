// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import io.hongbao.datadir.DataDirectory;
import io.hongbao.demo.JavaCommand;
import io.hongbao.demo.Page;
import io.hongbao.demo.Sandbox;
import io.hongbao.demo.SandboxDirectory;
import io.hongbao.demo.SandboxException;
import io.hongbao.play.Api.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A sandbox with an open room, a crowd in it, and a supervisor: kills the server when it is asked
 * to, starts it again, and looks whether all that was acknowledged is there.
 *
 * <p><b>Thread:</b> the caller's, which it keeps until the process is told to end.
 *
 * <p><b>Invariant:</b> kills only the process that it has started.
 */
public final class Play implements AutoCloseable {

  static final String ROOM = "88";
  private static final long FIRST_VIEWER = 10_001;
  private static final long FUND_MINOR = 100_000;
  private static final long LOOK_EVERY_MS = 50;
  private static final int NAMES_AT_ONCE = 40;

  /** The crowd comes from one address, and is no attack. */
  private static final List<String> SETTINGS =
      List.of(
          "--play.room=" + ROOM,
          "--play.supervised=true",
          "--gateway.per_address_max=" + 2 * PlayOptions.VIEWERS_MAX,
          "--http.rate_limits=address:off,write:off,read:off");

  private final PlayOptions options;
  private final Page page;
  private final SandboxDirectory directory;
  private final Sandbox sandbox;
  private final Vertx vertx;
  private final Acknowledged acknowledged = new Acknowledged();
  private Crowd crowd;
  private Api api;
  private int kills;

  @SuppressWarnings("NullAway.Init") // start() makes the crowd, and nothing is done before it.
  private Play(PlayOptions options, Page page, SandboxDirectory directory, Sandbox sandbox) {
    this.options = options;
    this.page = page;
    this.directory = directory;
    this.sandbox = sandbox;
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  }

  /** What a person needs to come in. */
  public record Doors(String room, String ops) {}

  /**
   * Makes the sandbox; nothing runs yet.
   *
   * @param mainClass what the server runs when this process was not started from a jar
   */
  public static Play of(PlayOptions options, Path workingDirectory, Page page, Class<?> mainClass)
      throws SandboxException, IOException {
    SandboxDirectory directory =
        SandboxDirectory.create(
            workingDirectory,
            LocalDateTime.now(ZoneId.systemDefault()),
            ProcessHandle.current().pid());
    if (options.keep()) {
      directory.keep();
    }
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.add("--http.port=" + Links.port(options.port()));
    if (options.lan()) {
      settings.add("--http.host=0.0.0.0");
    }
    Sandbox sandbox = new Sandbox(directory, JavaCommand.ofThisProcess(mainClass), settings, page);
    return new Play(options, page, directory, sandbox);
  }

  /** Starts the server, makes the room, and lets the crowd in. */
  public Doors start() throws Exception {
    sandbox.start();
    page.line("server ready: process %d, sandbox %s".formatted(sandbox.pid(), directory.shown()));
    api = new Api(vertx, sandbox.api());
    String root = sandbox.operatorKey();
    good(
        api.post(
            root, "/v1/operator/rooms", new JsonObject().put("room_id", ROOM).put("public", true)));
    List<Crowd.Viewer> viewers = seed(root);
    crowd = new Crowd(vertx, api, ROOM, viewers, acknowledged, options.seed());
    Seats seats = new Seats(vertx, sandbox.api(), ROOM, this::heard);
    seats.take(Math.max(1, viewers.size()));
    crowd.start();
    String host = options.lan() ? Links.localHost() : "127.0.0.1";
    String base = "http://" + host + ":" + sandbox.api().getPort();
    return new Doors(base + "/play", base + "/ops#" + operatorCode(root));
  }

  private List<Crowd.Viewer> seed(String root) throws Exception {
    List<Crowd.Viewer> viewers = new ArrayList<>();
    if (options.viewers() == 0) {
      return viewers;
    }
    JsonObject wish =
        new JsonObject()
            .put("count", options.viewers())
            .put("first_user_id", Long.toString(FIRST_VIEWER))
            .put("fund", new JsonObject().put("asset", "CNY").put("amount", FUND_MINOR));
    JsonArray tokens = good(api.post(root, "/v1/sandbox/users", wish)).getJsonArray("tokens");
    for (Object token : tokens) {
      JsonObject one = (JsonObject) token;
      viewers.add(new Crowd.Viewer(one.getString("user_id"), one.getString("token")));
    }
    for (int from = 0; from < viewers.size(); from += NAMES_AT_ONCE) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (int i = from; i < Math.min(viewers.size(), from + NAMES_AT_ONCE); i++) {
        JsonObject profile = new JsonObject().put("nickname", Phrases.name(i));
        calls.add(api.put(root, "/v1/users/" + viewers.get(i).userId(), profile));
      }
      for (Future<Answer> call : calls) {
        good(call);
      }
    }
    return viewers;
  }

  private String operatorCode(String root) throws Exception {
    JsonObject key =
        new JsonObject()
            .put("name", "play /ops")
            .put("role", "admin")
            .put("scopes", JsonArray.of("books:read", "audit:read", "sandbox:write"));
    String secret = good(api.post(root, "/v1/operator/keys", key)).getString("secret");
    return good(api.post(root, "/v1/play/ops-links", new JsonObject().put("key", secret)))
        .getString("code");
  }

  private static JsonObject good(Future<Answer> call)
      throws SandboxException, InterruptedException {
    try {
      Answer answer = Api.await(call);
      if (answer.isGood()) {
        return answer.body();
      }
      throw new SandboxException("the sandbox server refused: " + answer.body().encode());
    } catch (Api.FailedException | TimeoutException failed) {
      throw new SandboxException("the sandbox server does not answer: " + failed, failed);
    }
  }

  private void heard(JsonObject item) {
    if ("red_packet.sent".equals(item.getString("kind"))) {
      JsonObject data = item.getJsonObject("data");
      crowd.packetArrived(data.getString("packet_id"), data.getInteger("count", 1));
    }
  }

  /** Looks after the server until this thread is interrupted. */
  public void supervise() throws SandboxException, InterruptedException, IOException {
    Path wish = directory.path().resolve(DataDirectory.KILL_FILE);
    while (true) {
      Thread.sleep(LOOK_EVERY_MS);
      boolean isAsked = Files.exists(wish);
      if (isAsked || !sandbox.isAlive()) {
        Files.deleteIfExists(wish);
        killAndRestart(isAsked);
      }
    }
  }

  private void killAndRestart(boolean isAsked) throws SandboxException, InterruptedException {
    Instant killedAt = Instant.now();
    long startNanos = System.nanoTime();
    long pid = sandbox.pid();
    sandbox.kill();
    crowd.pause(true);
    kills++;
    page.line(
        isAsked
            ? "SIGKILL to process %d, as /ops asked".formatted(pid)
            : "process %d has ended; starting another".formatted(pid));
    // What the dead process had acknowledged before, and nothing that the next one says.
    List<Acknowledged.Packet> told = acknowledged.all();
    sandbox.restart();
    long downMs = (System.nanoTime() - startNanos) / 1_000_000;
    Audit.Result result = new Audit(api, sandbox.operatorKey()).run(told);
    crowd.pause(false);
    page.line(
        "process %d answers after %d ms; acknowledged %d, found %d; the ledger reads %d"
            .formatted(
                sandbox.pid(), downMs, result.acknowledged(), result.found(), result.ledgerSum()));
    JsonObject report =
        new JsonObject()
            .put("kills", kills)
            .put("killed_at", killedAt.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString())
            .put("down_ms", downMs)
            .put("acknowledged", result.acknowledged())
            .put("found", result.found())
            .put("ledger_sum", result.ledgerSum())
            .put("balanced", result.isBalanced());
    good(api.put(sandbox.operatorKey(), "/v1/play/report", report));
  }

  /** Ends the server and takes the sandbox away. */
  @Override
  public void close() {
    vertx.close().onComplete(ignored -> {});
    sandbox.close();
  }
}
