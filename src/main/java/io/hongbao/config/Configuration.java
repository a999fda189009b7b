// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.nio.file.Path;

/**
 * Everything that can be configured, checked as a whole: one record per concern, for those who need
 * only theirs.
 *
 * @param values the settings behind it, with their origins
 * @param workingDirectory where relative paths started
 */
public record Configuration(
    DataSettings data,
    AssetSettings assets,
    HttpSettings http,
    ManagementSettings management,
    RedPacketSettings redPacket,
    RedisSettings redis,
    RoomSettings room,
    PeopleSettings people,
    ProviderSettings provider,
    EngineSettings engine,
    JournalSettings journal,
    SnapshotSettings snapshot,
    ExportSettings export,
    ServerSettings server,
    EventSettings events,
    WebhookSettings webhook,
    OperationsSettings operations,
    PlaySettings play,
    GatewaySettings gateway,
    SettingValues values,
    Path workingDirectory) {

  /**
   * Builds the records and checks what no setting can know of itself.
   *
   * @throws ConfigException if two settings contradict each other
   */
  public static Configuration of(SettingValues values, Path workingDirectory)
      throws ConfigException {
    DataSettings data = DataSettings.of(values, workingDirectory);
    AssetSettings assets = AssetSettings.of(values);
    return new Configuration(
        data,
        assets,
        HttpSettings.of(values, workingDirectory),
        ManagementSettings.of(values),
        RedPacketSettings.of(values, assets),
        RedisSettings.of(values),
        RoomSettings.of(values),
        PeopleSettings.of(values),
        ProviderSettings.of(values),
        EngineSettings.of(values),
        JournalSettings.of(values),
        SnapshotSettings.of(values),
        ExportSettings.of(values, data.directory()),
        ServerSettings.of(values),
        EventSettings.of(values),
        WebhookSettings.of(values),
        OperationsSettings.of(values),
        PlaySettings.of(values),
        GatewaySettings.of(values),
        values,
        workingDirectory);
  }

  /** All defaults, for tests and tools that bring a directory of their own. */
  public static Configuration defaults(Path dataDirectory) throws ConfigException {
    return of(
        SettingValues.defaults()
            .with(Settings.DATA_DIR, dataDirectory.toString(), Source.FLAG, "program"),
        dataDirectory.toAbsolutePath());
  }

  /** The same but for one setting, checked again. */
  public Configuration with(Setting setting, String text, Source source, String origin)
      throws ConfigException {
    return of(values.with(setting, text, source, origin), workingDirectory);
  }
}
