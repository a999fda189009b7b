// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.app.RunningServer;
import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a running server can be reached; the file {@code hongbao.ports} in the data directory, made
 * when it is ready and removed when it stops.
 *
 * @param pid of the server, since a crash leaves the file behind
 * @param apiUrl base of the public API
 * @param managementUrl base of health and metrics
 */
public record PortsFile(long pid, String apiUrl, String managementUrl) {

  static PortsFile of(Configuration configuration, RunningServer server) {
    return new PortsFile(
        ProcessHandle.current().pid(),
        url(configuration.http().tls().isOn(), configuration.http().host(), server.httpPort()),
        url(
            configuration.management().tls(),
            configuration.management().host(),
            server.managementPort()));
  }

  /** The file of a server that is ready; nothing when there is none. */
  public static Optional<PortsFile> read(Path dataDirectory) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(
          new StringReader(Files.readString(dataDirectory.resolve(DataDirectory.PORTS_FILE))));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    String pid = properties.getProperty("pid", "");
    if (!pid.matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(
        new PortsFile(
            Long.parseLong(pid),
            properties.getProperty("http.url", ""),
            properties.getProperty("management.url", "")));
  }

  /** The address to call: listening on all addresses is none. */
  static String reachable(String url) {
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
  }

  String toText() {
    return """
    pid=%d
    http.url=%s
    http.port=%s
    management.url=%s
    management.port=%s
    """
        .formatted(pid, apiUrl, portOf(apiUrl), managementUrl, portOf(managementUrl));
  }

  private static String portOf(String url) {
    return url.substring(url.lastIndexOf(':') + 1);
  }

  private static String url(boolean tls, String host, int port) {
    boolean bare = host.contains(":") && !host.startsWith("[");
    return (tls ? "https://" : "http://") + (bare ? "[" + host + "]" : host) + ":" + port;
  }
}
