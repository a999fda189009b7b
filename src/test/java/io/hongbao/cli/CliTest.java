// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.app.ServerStarter;
import io.hongbao.config.Configuration;
import io.hongbao.config.Settings;
import io.hongbao.config.Source;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.time.SeededRandomness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class CliTest {

  @TempDir private Path directory;

  private CliRun cli = new CliRun(Path.of(""), FakeServer::start);

  @BeforeEach
  void useTheDirectory() throws IOException {
    cli = new CliRun(directory.toRealPath(), FakeServer::start);
  }

  /** Every complaint that a command line can earn: one sentence and a code, and nothing on out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strat | 2 | unknown command \"strat\"; did you mean start? (see hongbao help)",
        "jump | 2 | unknown command \"jump\" (see hongbao help)",
        "help strat | 2 | unknown command \"strat\"; did you mean start? (see hongbao help)",
        "start now | 2 | \"now\" is not expected here",
        "start -x | 2 | unknown option -x",
        "start --detatch | 2 | unknown option --detatch; did you mean --detach?",
        "start --http.prot=1 | 2 | unknown option --http.prot; did you mean --http.port?",
        "start --qqqqqq | 2 | unknown option --qqqqqq",
        "start --port | 2 | --port needs a value",
        "start --port --detach | 2 | --port needs a value",
        "start --detach=yes | 2 | --detach takes no value",
        "start --port=x"
            + " | 2 | http.port must be a whole number from 0 to 65535, but flag --http.port says"
            + " \"x\"",
        "start --sandbox=1"
            + " | 2 | data.sandbox must be true or false, but flag --data.sandbox says \"1\"",
        "start --config none | 2 | there is no configuration file none",
        "start --engine.partitions=3 | 2 | engine.partitions must divide 1000",
        "stop --timeout 5 | 2 | --timeout takes a duration such as 90s, not \"5\"",
        "config | 2 | config needs one of print, check, example",
        "backup | 2 | backup needs --to DIR",
        "restore | 2 | restore needs --from DIR",
        "seed | 2 | seed needs --tokens FILE",
        "seed --tokens t --users 0 | 2 | --users takes a number from 1 to 100000, not \"0\"",
        "seed --tokens t --url here | 2 | --url takes one such as http://127.0.0.1:8080, not",
        "seed --tokens t | 3 | no server runs on ",
        "seed --tokens t --url http://127.0.0.1:1 | 2 | there is no key in ",
        "seed --tokens . --url http://127.0.0.1:1 --key-file file | 2 | --tokens names a directory",
        "seed --tokens a/t --url http://127.0.0.1:1 --key-file file"
            + " | 2 | --tokens: there is no directory",
        "verify | 3 | ''",
        "config shout | 2 | config needs one of print, check, example",
        "config check --http.port=-1 | 2 | http.port must be a whole number",
        "start --data file | 3 | the data directory",
        "start --data /dev/null/x | 3 | the data directory cannot be used: /dev/null",
      })
  void complainsInOneSentence(String line, int code, String beginning) throws Exception {
    Files.writeString(directory.resolve("file"), "text\n");

    CliRun.Result result =
        cli.with(
                (configuration, dataDirectory) -> {
                  throw new AssertionError("started");
                })
            .run(line.split(" "));

    assertEquals(code, result.code(), result.err());
    assertTrue(result.err().startsWith("hongbao: " + beginning), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertEquals("", result.out());
  }

  @Test
  void withoutACommandShowsTheOverviewAndFails() {
    CliRun.Result result = cli.run();

    assertEquals(2, result.code());
    assertTrue(result.err().startsWith("usage: hongbao COMMAND"), result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"help", "--help", "-h"})
  void theOverviewNamesEveryCommand(String flag) {
    CliRun.Result result = cli.run(flag);

    assertEquals(0, result.code());
    for (String name : new String[] {"start", "stop", "status", "config", "verify-draw"}) {
      assertTrue(result.out().contains("\n  " + name + " "), name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start",
        "stop",
        "status",
        "seed",
        "config",
        "verify",
        "backup",
        "restore",
        "verify-draw"
      })
  void everyCommandHasHelp(String name) {
    CliRun.Result result = cli.run(name, "--help");

    assertEquals(0, result.code());
    assertTrue(result.out().startsWith("usage: hongbao " + name), result.out());
    assertEquals(result, cli.run("help", name));
    assertTrue(result.out().lines().allMatch(line -> line.length() <= 100));
  }

  @Test
  void tellsItsVersion() {
    CliRun.Result result = cli.run("--version");

    assertEquals(0, result.code());
    assertTrue(result.out().matches("hongbao \\S+ \\(format level 1, Java .*\\)\n"), result.out());
  }

  @Test
  void saysThatThereIsNoBillOfMaterialsWhereThereIsNoJar() {
    CliRun.Result result = cli.run("--version", "--sbom");

    // Classes in a directory have one after mvn package, and none before.
    assertTrue(
        result.code() == 0
            ? result.out().startsWith("{")
            : result.err().startsWith("hongbao: this build has no bill of materials"),
        result.toString());
  }

  @Test
  void showsAStackTraceOnlyWhenAskedTo() {
    assertFalse(cli.run("start", "--port=x").err().contains("\tat "));
    assertTrue(cli.run("start", "--port=x", "--debug").err().contains("\tat io.hongbao"));
  }

  @Test
  void configPrintShowsValuesAndWhoSaidSo() {
    CliRun.Result result =
        cli.with(Map.of("HONGBAO_HTTP_PORT", "1", "HONGBAO_PROVIDER_SIM_SECRET", "hunter2"))
            .run("config", "print", "--data", "here");

    assertEquals(0, result.code(), result.err());
    assertTrue(
        result
            .out()
            .matches("(?s).*http\\.port +=.1 +# environment variable HONGBAO_HTTP_PORT\n.*"),
        result.out());
    assertTrue(result.out().matches("(?s).*data\\.dir +=.here +# flag --data.dir\n.*"));
    assertTrue(result.out().matches("(?s).*engine\\.loops += auto \\(\\d+\\) +# default\n.*"));
    assertFalse(result.out().contains("hunter2"));
    assertFalse(Files.exists(directory.resolve("here")), "printing makes no directory");
  }

  @Test
  void configCheckSaysOk() throws IOException {
    CliRun.Result result = cli.run("config", "check");

    assertEquals(0, result.code());
    assertEquals(
        "configuration ok, data in " + directory.toRealPath().resolve("data") + "\n", result.out());
  }

  @Test
  void configCheckAlsoHoldsAgainstWhatADirectoryHasFixed() throws Exception {
    Configuration twenty =
        Configuration.defaults(directory.resolve("data"))
            .with(Settings.ENGINE_PARTITIONS, "20", Source.FLAG, "test");
    DataDirectory.openOrCreate(twenty, 0, new SeededRandomness(1)).close();

    CliRun.Result fits = cli.run("config", "check");
    CliRun.Result differs = cli.run("config", "check", "--engine.partitions=40");

    assertEquals(0, fits.code(), fits.err());
    assertTrue(
        fits.out().endsWith("(exists since 1970-01-01T00:00:00Z: 20 partitions, site 1)\n"),
        fits.out());
    assertEquals(3, differs.code());
    assertTrue(differs.err().contains("was created with 20, and that is for ever"), differs.err());
  }

  @Test
  void configExampleIsTheDocumentedFile() throws IOException {
    assertEquals(
        Files.readString(Path.of("config", "hongbao.properties")),
        cli.run("config", "example").out());
  }

  @Test
  void sendsToAnotherPortWhenOneIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      CliRun.Result api = cli.run("start", "--port", port, "--management.port=0");
      CliRun.Result management = cli.run("start", "--port=0", "--management.port", port);

      assertEquals(
          "hongbao: port " + port + " is taken; choose another with --http.port\n", api.err());
      assertEquals(3, api.code());
      assertEquals(
          "hongbao: port " + port + " is taken; choose another with --management.port\n",
          management.err());
    }
    assertFalse(Files.exists(directory.resolve("data/hongbao.pid")));
  }

  @Test
  void aStartThatFailsFreesTheDirectory() {
    ServerStarter broken =
        (configuration, dataDirectory) -> {
          throw new IOException("No space left on device");
        };

    CliRun.Result result = cli.with(broken).run("start");

    assertEquals("hongbao: the disk is full\n", result.err());
    assertEquals(3, result.code());
    assertEquals(result, cli.with(broken).run("start"));
  }

  @Test
  void stopAndStatusKnowWhenNothingRuns() throws IOException {
    String where = directory.toRealPath().resolve("data").toString();

    CliRun.Result stop = cli.run("stop");
    CliRun.Result status = cli.run("status");

    assertEquals(0, stop.code());
    assertEquals("hongbao is not running on " + where + "\n", stop.out());
    assertEquals(1, status.code());
    assertEquals(
        "hongbao is not running on " + where + " (which is no data directory yet)\n", status.out());
  }

  @Test
  void statusRecognisesACrash() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Files.createDirectories(directory.resolve("data"));
    Files.writeString(directory.resolve("data/hongbao.pid"), ended.pid() + " - start\n");

    CliRun.Result status = cli.run("status");

    assertEquals(1, status.code());
    assertTrue(status.out().contains("ended without an orderly stop"), status.out());
  }
}
