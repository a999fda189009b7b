// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request in pieces that a fuzzer changes one by one, down to its bytes.
 *
 * <p><b>Thread:</b> one.
 */
final class FuzzRequest {

  /** What was done to it, for the failure's message. */
  String what = "as the contract's example";

  String method;
  String path;
  String version = "HTTP/1.1";
  final List<String> headers = new ArrayList<>();
  byte[] body = new byte[0];

  /** Whether it may not be carried out, whatever else it says. */
  boolean mustRefuse;

  /** Whether no answer at all is an answer too: the framing is broken. */
  boolean mayClose;

  /** Whether its length is written by the change itself. */
  boolean isFramed;

  FuzzRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  FuzzRequest header(String name, String value) {
    headers.add(name + ": " + value);
    return this;
  }

  FuzzRequest without(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    headers.removeIf(line -> line.toLowerCase(Locale.ROOT).startsWith(start));
    return this;
  }

  FuzzRequest changed(String how) {
    what = how;
    return this;
  }

  FuzzRequest refused() {
    mustRefuse = true;
    return this;
  }

  FuzzRequest broken() {
    mayClose = true;
    return this;
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    write(out, method + " " + path + " " + version + "\r\n");
    headers.forEach(line -> write(out, line + "\r\n"));
    if (!isFramed) {
      write(out, "Content-Length: " + body.length + "\r\n");
    }
    write(out, "\r\n");
    out.writeBytes(body);
    return out.toByteArray();
  }

  // One char is one byte, so that a header can hold any.
  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Map<String, List<String>> headerMap() {
    Map<String, List<String>> map = new TreeMap<>();
    for (String line : headers) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        map.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
            .add(line.substring(colon + 1).trim());
      }
    }
    return map;
  }

  @Override
  public String toString() {
    String text = new String(bytes(), StandardCharsets.ISO_8859_1);
    return what + ":\n" + (text.length() > 2000 ? text.substring(0, 2000) + "…" : text);
  }
}
