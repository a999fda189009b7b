// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The real server, killed under load again and again: what was answered is there afterwards, once.
 *
 * <p>Each round draws from the seed what is asked, after how many answers SIGKILL comes, and
 * whether it comes a second time while the server starts on what was left.
 */
public final class CrashDrill {

  private static final int USERS = 48;
  private static final long FUND_MINOR = 3_000;
  private static final int ANSWERS_MIN = 20;
  private static final int LATER_US_MAX = 30_000;
  private static final int SECOND_KILL_ONE_IN = 4;
  private static final int SECOND_KILL_MS_MIN = 300;
  private static final int SECOND_KILL_MS_MAX = 2_500;
  private static final int SHOWN_MAX = 20;

  private final DrillServer server;
  private final Options options;
  private final PrintStream out;
  private final SplittableRandom random;
  private long restartMsMax;
  private int secondKills;
  private int happenedUnheard;
  private long repeats;
  private int killedWaiting;

  /**
   * What a person may choose.
   *
   * @param answersMax most answers of one round
   */
  public record Options(int rounds, long seed, int answersMax) {}

  /** Small files and frequent snapshots, so that kills meet rolls, snapshots and archiving. */
  private static final List<String> SETTINGS =
      List.of(
          "--sandbox",
          "--degradation.auto=false",
          "--engine.partitions=20",
          "--journal.segment_bytes=1MiB",
          "--snapshot.every_bytes=1MiB",
          "--snapshot.every=1s");

  /**
   * Plays on a server of its own.
   *
   * @param java how the product is started
   * @param workingDirectory where the directory {@code data} of the drill is made; it goes again
   *     unless something differs
   * @return whether nothing differed
   */
  public static boolean play(
      Options options, List<String> java, Path workingDirectory, PrintStream out) throws Exception {
    Path ground = Ground.make(workingDirectory, "crash");
    DrillServer.Launch launch =
        new DrillServer.Launch(ground.resolve("data"), List.of(), java, SETTINGS, Map.of());
    boolean isRight;
    try (DrillServer server = new DrillServer(launch)) {
      isRight = new CrashDrill(server, options, out).run();
    } catch (Exception failed) {
      out.println("the directory is kept: " + ground);
      throw failed;
    }
    if (isRight) {
      Ground.remove(ground);
    }
    return isRight;
  }

  CrashDrill(DrillServer server, Options options, PrintStream out) {
    this.server = server;
    this.options = options;
    this.out = out;
    this.random = new SplittableRandom(options.seed());
  }

  /** Plays all rounds; returns whether nothing differed. */
  boolean run() throws Exception {
    long begunNanos = System.nanoTime();
    out.printf("crash: seed %d, %d rounds%n", options.seed(), options.rounds());
    server.start();
    Notebook notebook = Ground.people(server, USERS, FUND_MINOR);
    for (int round = 1; round <= options.rounds() && notebook.differences().isEmpty(); round++) {
      play(round, notebook);
    }
    if (notebook.differences().isEmpty()) {
      finish(notebook);
    }
    notebook.differences().stream().limit(SHOWN_MAX).forEach(line -> out.println("  " + line));
    boolean isRight = notebook.differences().isEmpty();
    if (!isRight) {
      out.println("the directory is kept: " + server.launch().data().getParent());
      out.println(
          "again: hongbao crash --rounds %d --seed %d".formatted(options.rounds(), options.seed()));
    }
    String words =
        isRight
            ? "crash ok rounds=%d acknowledged=%d refused=%d unheard=%d repeats=%d waiting=%d"
                + " second_kills=%d restart_ms_max=%d seed=%d seconds=%.1f"
            : "crash FAILED rounds=%d acknowledged=%d refused=%d unheard=%d repeats=%d waiting=%d"
                + " second_kills=%d restart_ms_max=%d seed=%d seconds=%.1f";
    out.println(
        String.format(
            Locale.ROOT,
            words,
            options.rounds(),
            notebook.acknowledged(),
            notebook.refused(),
            happenedUnheard,
            repeats,
            killedWaiting,
            secondKills,
            restartMsMax,
            options.seed(),
            (System.nanoTime() - begunNanos) / 1e9));
    return isRight;
  }

  private void play(int round, Notebook notebook) throws Exception {
    long answers = ANSWERS_MIN + random.nextLong(Math.max(1, options.answersMax() - ANSWERS_MIN));
    long laterUs = random.nextLong(LATER_US_MAX);
    long seed = random.nextLong();
    boolean twice = random.nextInt(SECOND_KILL_ONE_IN) == 0;
    long secondMs = random.nextLong(SECOND_KILL_MS_MIN, SECOND_KILL_MS_MAX);
    try (Callers callers =
        new Callers(notebook, server::port, server.operatorKey(), seed, "r" + round + "-")
            .start()) {
      callers.untilAnswers(answers);
      TimeUnit.MICROSECONDS.sleep(laterUs);
      server.kill();
      callers.end();
      repeats += callers.repeats();
    }
    int waiting = notebook.unknown().size();
    killedWaiting += waiting;
    if (twice) {
      server.begin();
      TimeUnit.MILLISECONDS.sleep(secondMs);
      server.kill();
      secondKills++;
    }
    long startNanos = System.nanoTime();
    server.start();
    long restartMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
    restartMsMax = Math.max(restartMsMax, restartMs);
    Comparison comparison = new Comparison(notebook, server::port, server.operatorKey());
    comparison.fresh();
    happenedUnheard += comparison.happenedUnheard();
    out.printf(
        "round %d: killed after %d answers%s, %d waiting (%d had happened); back in %d ms; %d"
            + " acknowledged so far, %d differences%n",
        round,
        answers,
        twice ? " and again " + secondMs + " ms into the start" : "",
        waiting,
        comparison.happenedUnheard(),
        restartMs,
        notebook.acknowledged(),
        notebook.differences().size());
  }

  // Once more everything, then an orderly stop, and every record of the journal.
  private void finish(Notebook notebook) throws Exception {
    out.printf("all answers again: %s%n", notebook.kinds());
    new Comparison(notebook, server::port, server.operatorKey()).all();
    int stopCode = server.stop();
    if (stopCode != 0) {
      notebook.differs("the server stopped with exit code %d", stopCode);
    }
    int verifyCode = server.run("verify");
    if (verifyCode != 0) {
      notebook.differs("verify ended with exit code %d", verifyCode);
    }
  }
}
