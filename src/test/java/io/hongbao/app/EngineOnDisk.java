// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.fail;

import io.hongbao.apikey.KeyDirectory;
import io.hongbao.config.Configuration;
import io.hongbao.config.Setting;
import io.hongbao.config.Settings;
import io.hongbao.config.Source;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.disk.FileDisk;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Effect;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.PartitionState;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.journal.JournalSettings;
import io.hongbao.room.RoomDirectory;
import io.hongbao.session.SessionDirectory;
import io.hongbao.session.TokenSmith;
import io.hongbao.shard.LaneSet;
import io.hongbao.shard.SlotTable;
import io.hongbao.time.SandboxTime;
import io.hongbao.time.SeededRandomness;
import io.hongbao.time.SystemTime;
import io.hongbao.webhook.WebhookDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The engine as the server runs it, on real files and threads, without ports: fast enough to fill
 * many small segments in a test.
 */
final class EngineOnDisk implements AutoCloseable {

  static final int PARTITIONS = 10;
  static final int SEGMENT_BYTES = 256 << 10;

  private static final int LOOPS = 2;
  private static final int IN_FLIGHT_MAX = 400;
  private static final int FRAME_BYTES_MAX = 32 << 10;
  private static final int SECONDS_MAX = 30;

  private final DataDirectory directory;
  private final EngineShape shape;
  private final EngineRuntime runtime;
  private final SandboxTime time = new SandboxTime(new SystemTime());
  private final Configuration configuration;
  private final List<ExecutorService> loops = new ArrayList<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Queue<Effect> effects = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  private EngineOnDisk(DataDirectory directory, Configuration configuration) throws Exception {
    this.directory = directory;
    this.configuration = configuration;
    this.shape = DirectoryIds.shape(directory.manifest());
    SlotTable slots = new SlotTable(shape.partitionCount());
    RoomDirectory rooms = new RoomDirectory();
    ProcessFacts facts =
        new ProcessFacts(rooms, slots, Set.of(RandomCommands.PROVIDER), configuration.assets());
    this.runtime =
        EngineRuntime.recover(
            new FileDisk(directory.path()),
            JournalSettings.standard(
                    DirectoryIds.uuid(directory.manifest()), shape.partitionCount(), LOOPS)
                .withSegmentBytes(SEGMENT_BYTES, FRAME_BYTES_MAX)
                .withLaneBytesMax(256 << 10),
            shape,
            slots,
            time,
            FamilyWiring.live(
                configuration,
                facts,
                new SessionDirectory(),
                rooms,
                new TokenSmith(new byte[] {1}),
                new KeyDirectory(),
                new WebhookDirectory(),
                time::raiseOffsetTo),
            failure::complete);
  }

  /** Recovers the directory, which is made when there is none; nothing is served yet. */
  static EngineOnDisk recover(Path data) throws Exception {
    Configuration wanted = Configuration.defaults(data);
    for (Map.Entry<Setting, String> setting :
        Map.of(
                Settings.DATA_SANDBOX, "true",
                Settings.ENGINE_PARTITIONS, Integer.toString(PARTITIONS),
                Settings.ENGINE_LOOPS, Integer.toString(LOOPS),
                Settings.SNAPSHOT_EVERY_BYTES, "1MiB",
                Settings.SNAPSHOT_EVERY, "1s")
            .entrySet()) {
      wanted = wanted.with(setting.getKey(), setting.getValue(), Source.FLAG, "test");
    }
    DataDirectory directory =
        DataDirectory.openOrCreate(wanted, new SystemTime().nowMs(), new SeededRandomness(1));
    try {
      return new EngineOnDisk(directory, directory.effective(wanted));
    } catch (Exception | Error e) {
      directory.close();
      throw e;
    }
  }

  EngineShape shape() {
    return shape;
  }

  SandboxTime time() {
    return time;
  }

  EngineRuntime runtime() {
    return runtime;
  }

  /** Hashes of the recovered partitions, before anything is decided. */
  List<Long> recoveredHashes() {
    List<Long> hashes = new ArrayList<>();
    for (PartitionState state : runtime.recovered().states()) {
      hashes.add(state.hash());
    }
    return hashes;
  }

  /** Last durable sequence of each partition. */
  List<Long> durableSequences() {
    List<Long> sequences = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      sequences.add(runtime.journal().durableSequence(partition));
    }
    return sequences;
  }

  long recoveredSequences() {
    long sum = 0;
    for (PartitionState state : runtime.recovered().states()) {
      sum += state.sequence();
    }
    return sum;
  }

  /** Starts deciding. */
  EngineOnDisk start(long seed) {
    List<Executor> executors = new ArrayList<>();
    for (int i = 0; i < LOOPS; i++) {
      ThreadFactory daemon = Thread.ofPlatform().daemon().name("loop-" + i).factory();
      loops.add(Executors.newSingleThreadExecutor(daemon));
    }
    executors.addAll(loops);
    SeededRandomness chance = new SeededRandomness(seed);
    runtime.start(
        configuration,
        executors,
        time,
        new LockedRandomness(chance),
        (partition, effect) -> effects.add(effect));
    return this;
  }

  /** Makes snapshots from now on; archives up to where that says that all is exported. */
  EngineOnDisk startSnapshots(LongSupplier exportedLogPosition) {
    runtime.startSnapshots(configuration, time, exportedLogPosition);
    return this;
  }

  /** Asks so many commands, as fast as they are answered, and waits for the last answer. */
  void run(RandomCommands commands, int count) throws Exception {
    LaneSet lanes = runtime.lanes();
    for (int i = 0; i < count; i++) {
      awaitInFlightBelow(IN_FLIGHT_MAX);
      takeIn(commands);
      RandomCommands.Asked asked = commands.next();
      inFlight.incrementAndGet();
      lanes.submit(
          asked.partition(),
          asked.command(),
          (answer, position, repeated) -> {
            answers.add(answer);
            inFlight.decrementAndGet();
          });
    }
    awaitInFlightBelow(1);
  }

  private void takeIn(RandomCommands commands) {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      if (!(answer instanceof Refusal)) {
        commands.heard(answer);
      }
    }
    for (Effect effect = effects.poll(); effect != null; effect = effects.poll()) {
      commands.perform(effect);
    }
  }

  private void awaitInFlightBelow(int limit) throws InterruptedException {
    for (int waitedMs = 0; inFlight.get() >= limit; waitedMs++) {
      if (failure.isDone() || waitedMs > SECONDS_MAX * 1_000) {
        fail("no answers any more, " + inFlight + " missing", failure.getNow(null));
      }
      wakeAll();
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private void wakeAll() {
    for (int i = 0; i < LOOPS; i++) {
      runtime.lanes().lane(i).wake();
    }
  }

  /** Lets transfers and timers come to rest; tells the hashes and sequences of all partitions. */
  Rest rest() throws Exception {
    Rest last = look();
    for (int i = 0; i < SECONDS_MAX * 20; i++) {
      wakeAll();
      TimeUnit.MILLISECONDS.sleep(50);
      Rest now = look();
      if (now.equals(last)) {
        return now;
      }
      last = now;
    }
    return fail("the partitions do not come to rest");
  }

  /** What is compared with a recovery. */
  record Rest(List<Long> hashes, List<Long> sequences) {

    long records() {
      return sequences.stream().mapToLong(Long::longValue).sum();
    }
  }

  private Rest look() throws Exception {
    List<Long> hashes = new ArrayList<>();
    List<Long> sequences = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      CompletableFuture<Long> hash = new CompletableFuture<>();
      CompletableFuture<Long> sequence = new CompletableFuture<>();
      runtime
          .lanes()
          .run(
              partition,
              core -> {
                hash.complete(core.state().hash());
                sequence.complete(core.state().sequence());
              });
      hashes.add(hash.get(SECONDS_MAX, TimeUnit.SECONDS));
      sequences.add(sequence.get(SECONDS_MAX, TimeUnit.SECONDS));
    }
    return new Rest(hashes, sequences);
  }

  @Override
  public void close() throws Exception {
    try {
      if (runtime.snapshots() != null) {
        runtime.snapshots().close();
      }
      runtime.close();
      for (ExecutorService loop : loops) {
        loop.shutdown();
        loop.awaitTermination(SECONDS_MAX, TimeUnit.SECONDS);
      }
    } finally {
      directory.close();
    }
  }

  /** Both loops draw from it. */
  private record LockedRandomness(SeededRandomness chance) implements io.hongbao.time.Randomness {

    @Override
    public synchronized long nextLong() {
      return chance.nextLong();
    }

    @Override
    public synchronized void nextBytes(byte[] target) {
      chance.nextBytes(target);
    }
  }
}
