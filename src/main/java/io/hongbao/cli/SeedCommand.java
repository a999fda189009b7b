// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Seeding".
package io.hongbao.cli;

import io.hongbao.client.HongbaoClient;
import io.hongbao.client.HongbaoException;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.datadir.DataDirectoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gives a running server users to play with, for load tests and first steps: {@code seed}. */
final class SeedCommand {

  private static final String USAGE =
      """
      usage: hongbao seed --tokens FILE [--users N] [OPTION...]

        --tokens FILE    where the tokens go, as JSON for scripts/k6; only you may read it
        --users N        how many users, 1 to %d; default %d
        --first ID       the first one's id, the others follow; default %d
        --amount N       money for each in the asset's minor unit, 0 for none; default %d
        --asset CODE     what the money is; default CNY
        --room ID        a public room, made for their packets; default %d
        --logins N       people with user name and password beside them, 0 to %d; default %d
        --url URL        the server; default the one that runs on the data directory
        --key-file FILE  holds an admin's key; default operator.key of the data directory
        --data DIR       the data directory; default ./data

      On a sandbox users are made with their money. Elsewhere an operator's top-up is booked for
      each of them, once: seeding again makes new tokens and no more money.
      Exit code 0 when all users are there, 1 when the server refused, 3 when it is not reached.
      """
          .formatted(
              SeedOptions.USERS_MAX,
              SeedOptions.USERS_DEFAULT,
              SeedOptions.FIRST_DEFAULT,
              SeedOptions.AMOUNT_DEFAULT,
              SeedOptions.ROOM_DEFAULT,
              SeedOptions.LOGINS_MAX,
              SeedOptions.LOGINS_DEFAULT);

  private static final Set<String> OPTIONS =
      Set.of("tokens", "users", "first", "amount", "asset", "room", "logins", "url", "key-file");

  /** For a server that is just starting, or full for a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private SeedCommand() {}

  static Command command() {
    return new Command("seed", "give a server users with money", USAGE, SeedCommand::run);
  }

  private static int run(CommandContext context) throws Exception {
    CommandLine line = CommandLine.parse(context.args(), Set.of(), OPTIONS).withoutOperands();
    SeedOptions options = options(context, line);
    Path data = line.configuration(context).data().directory();
    String url = url(line, data);
    HongbaoClient operator =
        HongbaoClient.at(url).withToken(key(context, line, data)).withPatience(PATIENCE);
    try (TokenFile file = TokenFile.begin(options.tokens())) {
      List<Map<String, String>> users = new Seeder(operator, options, context.err()).run();
      List<Map<String, String>> logins =
          new LoginSeeder(operator, context.err()).run(options.logins());
      file.finish(url, options, users, logins);
    } catch (HongbaoException refused) {
      context.err().println("hongbao: the server refused: " + refused.getMessage());
      return ExitCode.FAILED;
    } catch (IOException lost) {
      if (Failures.of(lost).exitCode() == ExitCode.ENVIRONMENT) {
        throw lost;
      }
      context.err().println("hongbao: no answer from " + url + "; is a server running there?");
      return ExitCode.ENVIRONMENT;
    }
    context
        .out()
        .printf(
            "seeded %d users from %d with %d %s each, room %d, tokens in %s%n",
            options.users(),
            options.firstUserId(),
            options.amountMinor(),
            options.asset(),
            options.roomId(),
            options.tokens());
    return ExitCode.OK;
  }

  private static SeedOptions options(CommandContext context, CommandLine line)
      throws UsageException {
    String tokens = line.value("tokens");
    if (tokens == null || tokens.isBlank()) {
      throw new UsageException("seed needs --tokens FILE");
    }
    String asset = line.value("asset");
    return new SeedOptions(
        (int) number(line, "users", SeedOptions.USERS_DEFAULT, 1, SeedOptions.USERS_MAX),
        number(
            line,
            "first",
            SeedOptions.FIRST_DEFAULT,
            1,
            SeedOptions.ID_MAX - SeedOptions.USERS_MAX),
        number(line, "amount", SeedOptions.AMOUNT_DEFAULT, 0, SeedOptions.AMOUNT_MAX),
        asset == null ? "CNY" : asset,
        number(line, "room", SeedOptions.ROOM_DEFAULT, 1, SeedOptions.ID_MAX),
        (int) number(line, "logins", SeedOptions.LOGINS_DEFAULT, 0, SeedOptions.LOGINS_MAX),
        context.workingDirectory().resolve(tokens));
  }

  private static String url(CommandLine line, Path data)
      throws IOException, UsageException, DataDirectoryException {
    String url = line.value("url");
    if (url == null) {
      Optional<PortsFile> ports = RunningProcess.of(data).flatMap(RunningProcess::ports);
      return ports
          .map(one -> PortsFile.reachable(one.apiUrl()))
          .orElseThrow(
              () ->
                  new DataDirectoryException(
                      "no server runs on " + data + "; name one with --data DIR or --url URL"));
    }
    if (!url.matches("https?://[A-Za-z0-9._:\\[\\]-]+/?")) {
      throw new UsageException(
          "--url takes one such as http://127.0.0.1:8080, not \"" + url + "\"");
    }
    return url;
  }

  private static String key(CommandContext context, CommandLine line, Path data)
      throws IOException, UsageException {
    String named = line.value("key-file");
    Path file =
        named == null
            ? data.resolve(DataDirectory.OPERATOR_KEY_FILE)
            : context.workingDirectory().resolve(named);
    if (!Files.exists(file)) {
      throw new UsageException("there is no key in " + file + "; name the file with --key-file");
    }
    String key = Files.readString(file).strip();
    if (!key.matches("[!-~]{1,200}")) {
      throw new UsageException(file + " holds no key");
    }
    return key;
  }

  private static long number(CommandLine line, String option, long otherwise, long min, long max)
      throws UsageException {
    String value = line.value(option);
    if (value == null) {
      return otherwise;
    }
    if (value.matches("[0-9]{1,18}")) {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    }
    throw new UsageException(
        "--%s takes a number from %d to %d, not \"%s\"".formatted(option, min, max, value));
  }
}
