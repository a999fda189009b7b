// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.SplittableRandom;

/** Breaks the frame of a request: lengths, chunks, header lines. */
final class FuzzFraming {

  private FuzzFraming() {}

  static void change(FuzzRequest request, SplittableRandom random) {
    int length = request.body.length;
    request.broken().isFramed = true;
    switch (random.nextInt(12)) {
      case 0 ->
          framed(
                  request,
                  "two lengths that differ",
                  "Content-Length: " + length,
                  "Content-Length: " + (length + 1))
              .refused();
      case 1 ->
          framed(
                  request,
                  "length and chunks",
                  "Content-Length: " + length,
                  "Transfer-Encoding: chunked")
              .refused();
      case 2 -> framed(request, "a length that is none", "Content-Length: -1").refused();
      case 3 ->
          framed(request, "a length beyond all", "Content-Length: 99999999999999999999").refused();
      case 4 -> chunked(request, "a chunk beyond all", "FFFFFFFFFFFFFFFFF\r\nx").refused();
      case 5 -> chunked(request, "a chunk that is none", "-1\r\nx\r\n0\r\n\r\n").refused();
      case 6 ->
          chunked(
              request,
              "chunks with extensions",
              Integer.toHexString(length)
                  + ";a=\"b\"\r\n"
                  + new String(request.body, ISO_8859_1)
                  + "\r\n0\r\nX-Trailer: 1\r\n\r\n");
      case 7 ->
          framed(request, "a folded header", "Content-Length: " + length, "X-Folded: a\r\n  b");
      case 8 ->
          framed(request, "a name with a space", "Content-Length: " + length, "X Bad : a")
              .refused();
      case 9 ->
          framed(request, "a header without a colon", "Content-Length: " + length, "nonsense");
      case 10 -> {
        framed(request, "another version", "Content-Length: " + length);
        request.version =
            pick(random, List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "http/1.1", "HTTP", ""));
      }
      default -> {
        framed(request, "another method", "Content-Length: " + length);
        request.method =
            pick(random, List.of("get", "BREW", "TRACE", "CONNECT", "PO ST", "G\u00e9T"));
      }
    }
  }

  private static FuzzRequest framed(FuzzRequest request, String what, String... lines) {
    request.headers.addAll(List.of(lines));
    return request.changed(what);
  }

  private static FuzzRequest chunked(FuzzRequest request, String what, String chunks) {
    request.headers.add("Transfer-Encoding: chunked");
    request.body = chunks.getBytes(ISO_8859_1);
    return request.changed(what);
  }

  private static <T> T pick(SplittableRandom random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
