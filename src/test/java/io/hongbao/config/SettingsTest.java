// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

  private static final Path EXAMPLE = Path.of("config", "hongbao.properties");

  @Test
  void everyDefaultIsAValueThatItsSettingTakes() {
    for (Setting setting : Settings.all()) {
      assertTrue(setting.accepts(setting.defaultText()), setting.key());
      assertTrue(setting.doc().endsWith("."), setting.key() + " needs a sentence");
      assertEquals(setting, Settings.find(setting.key()));
    }
  }

  @Test
  void theDefaultsTogetherAreAValidConfiguration() throws ConfigException {
    Configuration configuration = Configuration.defaults(Path.of("anywhere"));

    assertEquals(40, configuration.engine().partitions());
    assertEquals(8080, configuration.http().port());
    assertEquals(64 << 20, configuration.journal().segmentBytes());
    assertEquals(72L * 3_600_000, configuration.engine().idempotencyWindowMs());
    assertEquals(20_000_000, configuration.redPacket().totalMinorMaxByAsset().get("CNY"));
  }

  /** When this fails: run {@code ./hongbao config example > config/hongbao.properties}. */
  @Test
  void theExampleFileIsWhatTheCatalogueSays() throws Exception {
    assertEquals(ConfigText.exampleFile(), Files.readString(EXAMPLE));
  }

  @Test
  void theExampleFileWithoutItsHashesSaysTheDefaults() throws Exception {
    Properties properties = new Properties();
    properties.load(
        new StringReader(ConfigText.exampleFile().replaceAll("(?m)^#([a-z_.]+ = )", "$1")));

    assertEquals(Settings.all().size(), properties.size());
    for (Setting setting : Settings.all()) {
      assertEquals(setting.defaultText(), properties.getProperty(setting.key()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "64MiB, 67108864",
    "64mib, 67108864",
    "1 GiB, 1073741824",
    "4096, 4096",
    "4096B, 4096",
    "64MB, -1",
    "MiB, -1",
    "-1, -1",
    "9999999999999999GiB, -1",
  })
  void readsSizes(String text, long bytes) {
    assertEquals(bytes, Units.parseBytes(text).orElse(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "200ms, 200",
    "10s, 10000",
    "15m, 900000",
    "24h, 86400000",
    "3d, 259200000",
    "0, 0",
    "30, -1",
    "1w, -1",
    "1.5h, -1",
  })
  void readsDurations(String text, long ms) {
    assertEquals(ms, Units.parseDurationMs(text).orElse(-1));
  }

  @Test
  void writesUnitsAsItReadsThem() {
    for (long value : new long[] {0, 1, 999, 1_000, 60_000, 90_000, 3_600_000, 86_400_000}) {
      assertEquals(value, Units.parseDurationMs(Units.formatDurationMs(value)).orElseThrow());
    }
    for (long value : new long[] {0, 1, 1_024, 1_025, 65_536, 1L << 30, 3L << 20}) {
      assertEquals(value, Units.parseBytes(Units.formatBytes(value)).orElseThrow());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:mysql://user:p@ss@host/db | jdbc:mysql://user:********@host/db",
        "jdbc:h2:file:x;USER=a;PASSWORD=b;MODE=MySQL"
            + " | jdbc:h2:file:x;USER=a;PASSWORD=********;MODE=MySQL",
        "mysql://h/db?password=a&x=1 | mysql://h/db?password=********&x=1",
        "jdbc:h2:file:/data/hongbao | jdbc:h2:file:/data/hongbao",
        "jdbc:mysql://host:3306/db | jdbc:mysql://host:3306/db",
      })
  void masksPasswordsInUrls(String url, String masked) {
    assertEquals(masked, UrlMask.mask(url));
  }
}
