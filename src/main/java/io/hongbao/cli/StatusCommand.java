// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.config.TlsSettings;
import io.hongbao.datadir.DataDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says whether a server runs on a data directory, where, for how long, and whether it is ready. */
final class StatusCommand {

  private static final String USAGE =
      """
      usage: hongbao status [--data DIR] [--config FILE]

        --data DIR  the data directory whose server is meant; default ./data

      Exit code 0 when a server runs there and is ready, else 1.
      """;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int HTTP_OK = 200;
  private static final int REASON_CHARS_MAX = 200;

  private StatusCommand() {}

  static Command command() {
    return new Command(
        "status", "say whether a server runs and is ready", USAGE, StatusCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line = CommandLine.parse(context.args(), Set.of(), Set.of()).withoutOperands();
    Path directory = line.configuration(context).data().directory();
    Optional<RunningProcess> running = RunningProcess.of(directory);
    if (running.isEmpty()) {
      context.out().printf("hongbao is not running on %s%s%n", directory, addition(directory));
      return ExitCode.FAILED;
    }
    RunningProcess server = running.get();
    context
        .out()
        .printf(
            "hongbao is running: process %d%s, data in %s%n",
            server.process().pid(), uptime(server), directory);
    if (server.ports().isEmpty()) {
      context.out().printf("  ready       no: it is starting or stopping%n");
      return ExitCode.FAILED;
    }
    PortsFile ports = server.ports().get();
    String ready = ready(ports.managementUrl(), line.configuration(context).http().tls());
    context.out().printf("  api         %s%n", ports.apiUrl());
    context.out().printf("  management  %s%n", ports.managementUrl());
    context.out().printf("  ready       %s%n", ready);
    return ready.equals("yes") ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String addition(Path directory) {
    if (Files.exists(directory.resolve(DataDirectory.PID_FILE))) {
      return " (it ended without an orderly stop; the next start recovers)";
    }
    return Files.exists(directory.resolve(DataDirectory.MANIFEST_FILE))
        ? ""
        : " (which is no data directory yet)";
  }

  private static String uptime(RunningProcess server) {
    Instant startedAt = server.mark().startedAt();
    if (startedAt == null) {
      return "";
    }
    Duration up = Duration.between(startedAt, Instant.now()).truncatedTo(ChronoUnit.SECONDS);
    return ", up " + (up.isNegative() ? "0s" : up.toString().substring(2).toLowerCase(Locale.ROOT));
  }

  private static String ready(String managementUrl, TlsSettings tls) throws InterruptedException {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
    if (managementUrl.startsWith("https:") && tls.isOn()) {
      builder.sslContext(OwnCertificate.trust(tls.certificate()));
    }
    try (HttpClient client = builder.build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(PortsFile.reachable(managementUrl) + "/ready"))
              .timeout(PATIENCE)
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() == HTTP_OK) {
        return "yes";
      }
      String body = answer.body().strip().replaceAll("\\s+", " ");
      return "no: " + body.substring(0, Math.min(body.length(), REASON_CHARS_MAX));
    } catch (IOException | IllegalArgumentException silent) {
      return "no: the management port does not answer";
    }
  }
}
