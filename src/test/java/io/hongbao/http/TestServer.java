// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.app.RunningServer;
import io.hongbao.app.Server;
import io.hongbao.config.Configuration;
import io.hongbao.config.ExportCatalogue;
import io.hongbao.config.Setting;
import io.hongbao.config.SettingValues;
import io.hongbao.config.Settings;
import io.hongbao.config.Source;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.live.RoomLogs;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A whole server on free ports and a directory of its own: two loops, few partitions, so that
 * commands cross from loop to loop and partitions pay one another.
 */
public final class TestServer implements AutoCloseable {

  public static final int PARTITIONS = 10;

  private final DataDirectory directory;
  private final Configuration configuration;
  private final RunningServer server;
  private final Api api;

  private TestServer(DataDirectory directory, Configuration configuration, RunningServer server) {
    this.directory = directory;
    this.configuration = configuration;
    this.server = server;
    this.api = new Api(server.httpPort(), directory.operatorKey());
  }

  /** Starts a sandbox. */
  public static TestServer sandbox(Path directory) throws Exception {
    return start(directory, Map.of(Settings.DATA_SANDBOX, "true"));
  }

  /** Starts a server with these settings beside those of every test. */
  public static TestServer start(Path directory, Map<Setting, String> settings) throws Exception {
    Configuration wanted =
        with(with(Configuration.defaults(directory.resolve("data")), base()), settings);
    DataDirectory data =
        DataDirectory.openOrCreate(wanted, new SystemTime().nowMs(), new SecureRandomness());
    try {
      Configuration effective = data.effective(wanted);
      return new TestServer(data, effective, Server.start(effective, data));
    } catch (Exception e) {
      data.close();
      throw e;
    }
  }

  private static Map<Setting, String> base() {
    return Map.of(
        // Tests ask more than people do; RateLimitsIT turns it on.
        Settings.HTTP_RATE_LIMITS, "read:off,write:off,list:off,address:off,failure:off,chat:off",
        Settings.HTTP_PORT, "0",
        // Tests run on machines that are busy with other tests.
        Settings.DEGRADATION_AUTO, "false",
        Settings.MANAGEMENT_PORT, "0",
        // A process for each server of a test would take longer than most tests.
        ExportCatalogue.PROCESS, "false",
        Settings.ENGINE_LOOPS, "2",
        Settings.ENGINE_PARTITIONS, Integer.toString(PARTITIONS));
  }

  private static Configuration with(Configuration configuration, Map<Setting, String> settings)
      throws Exception {
    SettingValues values = configuration.values();
    for (Map.Entry<Setting, String> setting : settings.entrySet()) {
      values = values.with(setting.getKey(), setting.getValue(), Source.FLAG, "test");
    }
    // At the end, since some settings are good only together.
    return Configuration.of(values, configuration.workingDirectory());
  }

  public int port() {
    return server.httpPort();
  }

  /** Requests that have no answer yet. */
  public int underWay() {
    return ((Server) server)
        .edges().stream().mapToInt(edge -> (int) edge.meters().underWay()).sum();
  }

  /** Requests that were read past Vert.x. */
  long direct() {
    return ((Server) server).edges().stream().mapToLong(edge -> edge.meters().direct()).sum();
  }

  /** Exports and streams whose readers took nothing. */
  long stalled() {
    return ((Server) server).edges().stream().mapToLong(edge -> edge.meters().stalled()).sum();
  }

  public int managementPort() {
    return server.managementPort();
  }

  /** The key of the simulated provider's signatures. */
  public byte[] providerSecret() {
    return String.valueOf(configuration.provider().simSecret()).getBytes(StandardCharsets.UTF_8);
  }

  /** What the server's edge serves, as {@code METHOD path}. */
  public List<String> operations() {
    return ((Server) server).edges().getFirst().operations();
  }

  /** Who may call what, as {@code METHOD path user,service scope}. */
  public List<String> permissions() {
    return ((Server) server).edges().getFirst().permissions();
  }

  /** The logs of its live rooms. */
  RoomLogs roomLogs() {
    return ((Server) server).edges().getFirst().parts().live().rooms().logs();
  }

  public Api api() {
    return api;
  }

  @Override
  public void close() throws Exception {
    api.close();
    server.stop();
    directory.close();
  }
}
