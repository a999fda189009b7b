// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {

  @TempDir private Path directory;

  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> flags = new LinkedHashMap<>();

  @Test
  void aFlagOverrulesTheEnvironmentWhichOverrulesTheFile() throws Exception {
    writeFile("http.port=1\nmanagement.port=2\nhttp.connections_max=3\n");
    environment.put("HONGBAO_HTTP_PORT", "11");
    environment.put("HONGBAO_MANAGEMENT_PORT", "12");
    flags.put("http.port", "21");

    Configuration configuration = load();

    assertEquals(21, configuration.http().port());
    assertEquals(12, configuration.management().port());
    assertEquals(3, configuration.http().connectionsMax());
    SettingValues values = configuration.values();
    assertEquals("flag --http.port", values.of(Settings.HTTP_PORT).origin());
    assertEquals(Source.ENVIRONMENT, values.of(Settings.MANAGEMENT_PORT).source());
    assertEquals("file hongbao.properties", values.of(Settings.HTTP_CONNECTIONS_MAX).origin());
    assertEquals(Source.DEFAULT, values.of(Settings.ENGINE_SITE).source());
  }

  @Test
  void readsTheFileThatIsNamedAndNotTheDefaultOne() throws Exception {
    writeFile("http.port=1\n");
    Files.writeString(directory.resolve("other.properties"), "management.port=7\n");

    Configuration configuration =
        new ConfigLoader(directory, environment, flags, "other.properties").load();

    assertEquals(8080, configuration.http().port());
    assertEquals(7, configuration.management().port());
  }

  @Test
  void theEnvironmentCanNameTheFile() throws Exception {
    Files.writeString(directory.resolve("other.properties"), "management.port=7\n");
    environment.put(ConfigLoader.FILE_VARIABLE, "other.properties");

    assertEquals(7, load().management().port());
  }

  @Test
  void takesRelativePathsFromTheWorkingDirectory() throws Exception {
    flags.put("data.dir", "here/data");

    assertEquals(directory.resolve("here/data"), load().data().directory());
  }

  @Test
  void ignoresTheVariablesOfOthersAndOfTheLauncher() throws Exception {
    environment.put("PATH", "/bin");
    environment.put("HONGBAO_JAVA_HOME", "/opt/jdk");

    assertEquals(8080, load().http().port());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http.prot | 1 | unknown setting \"http.prot\" (flag --http.prot); did you mean http.port?",
        "prt | 1 | unknown setting \"prt\" (flag --prt)",
        "partitions | 1"
            + " | unknown setting \"partitions\" (flag --partitions); did you mean"
            + " engine.partitions?",
        "http.port | abc"
            + " | http.port must be a whole number from 0 to 65535, but flag --http.port says"
            + " \"abc\"",
        "http.port | 65536"
            + " | http.port must be a whole number from 0 to 65535, but flag --http.port says"
            + " \"65536\"",
        "http.idle_timeout | 60"
            + " | http.idle_timeout must be a duration (200ms, 10s, 15m, 24h, 3d) from 1s to"
            + " 1h, but flag --http.idle_timeout says \"60\"",
        "journal.segment_bytes | 64MB"
            + " | journal.segment_bytes must be a size (4096, 64KiB, 16MiB, 1GiB) from 1MiB"
            + " to 1GiB, but flag --journal.segment_bytes says \"64MB\"",
        "data.sandbox | yes"
            + " | data.sandbox must be true or false, but flag --data.sandbox says \"yes\"",
        "log.level | loud"
            + " | log.level must be one of error, warn, info, debug, trace, but flag --log.level"
            + " says \"loud\"",
        "engine.loops | 0"
            + " | engine.loops must be a whole number from 1 to 256 event loops, or auto, but"
            + " flag --engine.loops says \"0\"",
        "http.host | http://x"
            + " | http.host must be a host name or address, but flag --http.host says \"http://x\"",
        "provider.sim.secret | ''"
            + " | provider.sim.secret must be a text, or auto, but flag --provider.sim.secret says"
            + " \"********\"",
      })
  void refusesWithOneSentence(String key, String text, String sentence) {
    flags.put(key, text);

    assertEquals(sentence, assertThrows(ConfigException.class, this::load).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "engine.partitions | 30 | engine.partitions must divide 1000",
        "management.port | 8080 | management.port must be another port than http.port",
        "journal.segment_bytes | 1048577 | journal.segment_bytes must be a multiple of 4KiB",
        "journal.lane_bytes_max | 3MiB | journal.lane_bytes_max must be a power of two",
        "engine.mailbox_max | 1000 | engine.mailbox_max must be a power of two",
        "assets | CNY:1:2 | assets must list CODE:number:scale:largest balance",
        "assets | CNY:1:2:5,CNY:2:2:5 | assets must name each code and each number once",
        "assets | CNY:1:2:5,USD:1:2:5 | assets must name each code and each number once",
        "assets | CNY:1:2:9007199254740992 | assets must list CODE",
        "assets | CNY:128:2:5 | assets must list CODE",
        "evict.after | 71h | evict.after must be at least idempotency.window",
        "idempotency.window | 73h | evict.after must be at least idempotency.window",
        "assets | , | assets must name 1 to 64 assets",
        "redpacket.total_max | EUR:5 | redpacket.total_max must name known assets",
        "redpacket.total_max | CNY:5 | redpacket.total_max must have an amount for COIN or for *",
        "redpacket.total_max | CNY | redpacket.total_max must list asset:amount",
        "redpacket.share_max | *:5,*:6 | redpacket.share_max must list asset:amount, each asset",
      })
  void refusesWhatOnlyTheWholeShows(String key, String text, String beginning) {
    flags.put(key, text);

    String sentence = assertThrows(ConfigException.class, this::load).getMessage();

    assertTrue(sentence.startsWith(beginning), sentence);
  }

  @Test
  void refusesABulkLimitBelowTheOrdinaryOne() {
    flags.put("http.body_bytes_max", "1MiB");
    flags.put("http.bulk_body_bytes_max", "512KiB");

    assertEquals(
        "http.bulk_body_bytes_max must be at least http.body_bytes_max, but flag"
            + " --http.bulk_body_bytes_max says \"512KiB\"",
        assertThrows(ConfigException.class, this::load).getMessage());
  }

  @Test
  void anAmountForOneAssetGoesBeforeTheOneForAll() throws Exception {
    flags.put("redpacket.total_max", "*:100, CNY:7");

    Map<String, Long> amounts = load().redPacket().totalMinorMaxByAsset();

    assertEquals(Map.of("CNY", 7L, "COIN", 100L), amounts);
  }

  @Test
  void refusesAnUnknownVariableAndSuggestsTheNearest() {
    environment.put("HONGBAO_HTTP_PROT", "1");

    assertEquals(
        "the environment variable HONGBAO_HTTP_PROT is no setting; did you mean"
            + " HONGBAO_HTTP_PORT?",
        assertThrows(ConfigException.class, this::load).getMessage());
  }

  @Test
  void refusesAnUnknownKeyInTheFile() throws IOException {
    writeFile("http.port=1\nhtp.host=x\n");

    assertEquals(
        "unknown setting \"htp.host\" (file hongbao.properties); did you mean http.host?",
        assertThrows(ConfigException.class, this::load).getMessage());
  }

  @Test
  void refusesAKeyThatStandsTwiceInTheFile() throws IOException {
    writeFile("http.port=1\nhttp.port=2\n");

    assertEquals(
        "the configuration file hongbao.properties sets http.port twice",
        assertThrows(ConfigException.class, this::load).getMessage());
  }

  @Test
  void refusesAFileThatIsMissingOrBroken() throws IOException {
    ConfigLoader missing = new ConfigLoader(directory, environment, flags, "none.properties");
    assertEquals(
        "there is no configuration file none.properties",
        assertThrows(ConfigException.class, missing::load).getMessage());

    Files.write(
        directory.resolve("hongbao.properties"),
        "log.level=é".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        "the configuration file hongbao.properties is not UTF-8 properties text",
        assertThrows(ConfigException.class, this::load).getMessage());
  }

  @Test
  void neverShowsASecret() throws Exception {
    flags.put("provider.sim.secret", "hunter2");
    flags.put("read_model.url", "jdbc:mysql://u:hunter2@h/db");

    Configuration configuration = load();

    assertEquals("hunter2", configuration.provider().simSecret());
    assertFalse(configuration.toString().contains("hunter2"), configuration.toString());
    String shown = ConfigText.effective(configuration);
    assertFalse(shown.contains("hunter2"), shown);
    assertTrue(shown.contains("flag --provider.sim.secret"), shown);
  }

  @Test
  void resolvesWhatIsLeftToTheProgram() throws Exception {
    Configuration configuration = load();

    assertTrue(configuration.engine().loops() >= 1);
    assertNull(configuration.provider().simSecret());
    String url = configuration.export().readModelUrl();
    assertTrue(url.startsWith("jdbc:h2:file:" + directory.resolve("data/readmodel")), url);
  }

  private Configuration load() throws ConfigException {
    return new ConfigLoader(directory, environment, flags, null).load();
  }

  private void writeFile(String text) throws IOException {
    Files.writeString(directory.resolve(ConfigLoader.DEFAULT_FILE), text);
  }
}
