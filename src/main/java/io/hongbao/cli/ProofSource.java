// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads the text of a proof from a file or an address.
 *
 * <p><b>Limit:</b> {@link #SIZE_BYTES_MAX}; and for an address {@link #WAIT_MAX} from the first
 * packet to the last byte, so that a server that trickles cannot hold the caller.
 *
 * <p><b>Failure:</b> an {@link IOException} whose message is one clause for people.
 */
final class ProofSource {

  /** A proof of 100,000 shares, the most that the rule allows, takes about 4 MB. */
  static final int SIZE_BYTES_MAX = 8 << 20;

  static final Duration WAIT_MAX = Duration.ofSeconds(20);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

  private ProofSource() {}

  static String read(String source) throws IOException {
    boolean isAddress =
        source.regionMatches(true, 0, "http://", 0, 7)
            || source.regionMatches(true, 0, "https://", 0, 8);
    return isAddress ? readAddress(source, WAIT_MAX) : readFile(source);
  }

  private static String readFile(String source) throws IOException {
    try (InputStream file = Files.newInputStream(Path.of(source))) {
      byte[] bytes = file.readNBytes(SIZE_BYTES_MAX + 1);
      if (bytes.length > SIZE_BYTES_MAX) {
        throw tooLarge();
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException | InvalidPathException missing) {
      throw new IOException("there is no such file", missing);
    }
  }

  static String readAddress(String source, Duration waitMax) throws IOException {
    HttpRequest request;
    try {
      request =
          HttpRequest.newBuilder(URI.create(source))
              .timeout(waitMax)
              .header("Accept", "application/json")
              .build();
    } catch (IllegalArgumentException unfit) {
      throw new IOException("this is not an address", unfit);
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_MAX)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()) {
      // The request's own time-out ends with the headers; the wait below covers the body as well.
      CompletableFuture<HttpResponse<String>> reading =
          client.sendAsync(
              request,
              BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), SIZE_BYTES_MAX));
      try {
        HttpResponse<String> response = reading.get(waitMax.toMillis(), TimeUnit.MILLISECONDS);
        if (response.statusCode() != 200) {
          throw new IOException("the server answered with status " + response.statusCode());
        }
        return response.body();
      } finally {
        // Also on the way out of a time-out: closing the client would wait for the exchange to end.
        client.shutdownNow();
      }
    } catch (TimeoutException late) {
      throw new IOException("no whole answer within " + waitMax.toMillis() + " ms", late);
    } catch (ExecutionException failed) {
      throw new IOException(clause(Objects.requireNonNullElse(failed.getCause(), failed)), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  private static String clause(Throwable cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
  }

  private static IOException tooLarge() {
    return new IOException("it is larger than " + SIZE_BYTES_MAX + " bytes");
  }
}
