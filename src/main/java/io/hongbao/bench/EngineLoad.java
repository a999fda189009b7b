// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Refusal;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Slot;
import io.hongbao.shard.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A closed loop of opens inside the process, one client per lane.
 *
 * <p>Bounded is what was asked for and is not yet <em>credited</em>: an open whose share is durable
 * while its credit is still on its way keeps its place. So the rate is one that the engine can go
 * on with, and counts what the product promises.
 *
 * <p><b>Thread:</b> the measuring thread; clients run on their loops.
 */
final class EngineLoad {

  /** Money that each account starts with: packets of 500 shares at 100 each, some hundred times. */
  private static final long TOP_UP_MINOR = 10_000_000;

  private static final int TOP_UPS_IN_FLIGHT = 8_192;

  /** Looks, 5 ms apart, at a count of credits that stands still, until it is given up. */
  private static final int SILENT_MAX = 6_000;

  /** The part of the opens that a figure about all of them needs. */
  private static final double COMPLETE = 0.99;

  private final EngineRig rig;
  private final Options options;
  private final List<EngineClient> clients = new ArrayList<>();
  private final ConcurrentHashMap<RefusalCode, AtomicLong> refusals = new ConcurrentHashMap<>();
  private final long creditsBefore;
  private volatile boolean isOpen;

  /**
   * @param accounts users 1 to this, each with a wallet
   * @param packets live packets over all lanes
   * @param shares of each packet
   * @param window opens asked for and not credited yet
   * @param batch opens handed in together; 1 = one by one
   * @param creditCounts false to let credits lag behind: then answers bound the load
   */
  record Options(
      long accounts,
      int packets,
      int shares,
      int window,
      int batch,
      Shape shape,
      boolean creditCounts) {}

  EngineLoad(EngineRig rig, Options options) {
    this.rig = rig;
    this.options = options;
    this.creditsBefore = rig.credits().count();
    int lanes = rig.options().loops();
    for (int i = 0; i < lanes; i++) {
      int share = options.packets() / lanes + (i < options.packets() % lanes ? 1 : 0);
      Lane lane = rig.lanes().lane(i);
      clients.add(new EngineClient(this, lane, rig.loop(i), Math.max(1, share), 42 + i));
    }
  }

  EngineRig rig() {
    return rig;
  }

  long accounts() {
    return options.accounts();
  }

  int shares() {
    return options.shares();
  }

  int batch() {
    return options.batch();
  }

  Shape shape() {
    return options.shape();
  }

  /** How many opens may be asked for now. */
  int room(int most) {
    if (!isOpen) {
      return 0;
    }
    long done = options.creditCounts() ? rig.credits().count() - creditsBefore : answered();
    long underWay = issued() - refused() - (options.creditCounts() ? done : done - refused());
    return Math.clamp(options.window() - underWay, 0, most);
  }

  void openRefused(Answer answer) {
    count(answer);
  }

  void sendRefused(Answer answer) {
    count(answer);
  }

  private void count(Answer answer) {
    if (answer instanceof Refusal refusal) {
      refusals.computeIfAbsent(refusal.code(), code -> new AtomicLong()).incrementAndGet();
    }
  }

  /** What was refused so far; an engine at a rate that it can bear refuses nothing. */
  String refusals() {
    return refusals.toString();
  }

  private long issued() {
    return clients.stream().mapToLong(EngineClient::issued).sum();
  }

  long answered() {
    return clients.stream().mapToLong(EngineClient::answered).sum();
  }

  private long refused() {
    return clients.stream().mapToLong(EngineClient::refused).sum();
  }

  /** Gives every user from {@code first} on money, a wallet thereby. */
  void topUp(long first, long last) throws InterruptedException {
    int lanes = rig.options().loops();
    List<TopUps> feeders = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      feeders.add(new TopUps(i, first, last));
    }
    for (int i = 0; i < lanes; i++) {
      rig.loop(i).execute(feeders.get(i)::feed);
    }
    while (feeders.stream().anyMatch(feeder -> !feeder.isDone)) {
      TimeUnit.MILLISECONDS.sleep(5);
      rig.check();
    }
  }

  /** Top-ups of the users whose partitions live on one lane. */
  private final class TopUps {
    private final int lane;
    private final long last;
    private long next;
    private int underWay;
    private volatile boolean isDone;

    private TopUps(int lane, long first, long last) {
      this.lane = lane;
      this.next = first;
      this.last = last;
    }

    private void feed() {
      while (underWay < TOP_UPS_IN_FLIGHT && next <= last) {
        long user = next++;
        int partition = Slot.partition(user, rig.options().partitions());
        if (partition % rig.options().loops() == lane) {
          underWay++;
          submit(user, partition);
        }
      }
      isDone = underWay == 0 && next > last;
    }

    private void submit(long user, int partition) {
      ClientKey key = new ClientKey(user * 0x9E3779B97F4A7C15L, user, 1, ClientKey.NO_TIME);
      rig.lanes()
          .lane(lane)
          .submit(
              partition,
              new TopUp(key, user, EngineRig.ASSET, TOP_UP_MINOR, "bench", "bench"),
              (answer, position, repeated) -> {
                underWay--;
                if (answer instanceof Refusal) {
                  count(answer);
                  rig.loop(lane).execute(() -> again(user, partition));
                } else if (underWay < TOP_UPS_IN_FLIGHT / 2) {
                  rig.loop(lane).execute(this::feed);
                }
              });
    }

    private void again(long user, int partition) {
      underWay++;
      submit(user, partition);
    }
  }

  /** Sends the packets and waits until all of them can be opened. */
  void sendPackets() throws InterruptedException {
    for (int i = 0; i < clients.size(); i++) {
      EngineClient client = clients.get(i);
      rig.loop(i).execute(client::sendFirst);
    }
    while (!clients.stream().allMatch(EngineClient::isReady)) {
      TimeUnit.MILLISECONDS.sleep(5);
      rig.check();
    }
  }

  /** Opens so many shares of each packet, and waits until all are credited. */
  void openEach(int sharesOfEach) throws InterruptedException {
    long before = rig.credits().count();
    long refusedBefore = refused();
    long wanted = (long) sharesOfEach * clients.stream().mapToInt(EngineClient::places).sum();
    isOpen = true;
    for (int i = 0; i < clients.size(); i++) {
      EngineClient client = clients.get(i);
      rig.loop(i).execute(() -> client.openInTurn(sharesOfEach));
      rig.loop(i).onTick(tick(i, client));
    }
    long credited = 0;
    // A refused open is not asked for again.
    for (int silent = 0; credited + refused() - refusedBefore < wanted; silent++) {
      if (silent >= SILENT_MAX) {
        throw new IllegalStateException(
            "of %d opens %d are credited, %d were asked for, refused were %s"
                .formatted(wanted, credited, issued(), refusals()));
      }
      TimeUnit.MILLISECONDS.sleep(5);
      rig.check();
      long now = rig.credits().count() - before;
      silent = now == credited ? silent : 0;
      credited = now;
    }
    isOpen = false;
    if (credited < wanted * COMPLETE) {
      throw new IllegalStateException("too many opens were refused: " + refusals());
    }
  }

  /** Lets the clients open. */
  void start() {
    isOpen = true;
    for (int i = 0; i < clients.size(); i++) {
      EngineClient client = clients.get(i);
      rig.loop(i).onTick(tick(i, client));
    }
  }

  private Runnable tick(int lane, EngineClient client) {
    Lane woken = rig.lanes().lane(lane);
    return () -> {
      client.schedule();
      woken.wake();
    };
  }

  /** Lets nothing new in, and waits until everything is credited. */
  void stop() throws InterruptedException {
    isOpen = false;
    for (int i = 0;
        i < 5_000 && rig.credits().count() - creditsBefore < issued() - refused();
        i++) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
    rig.check();
  }

  /** Opens that are done in the sense of the options. */
  long done() {
    return options.creditCounts() ? rig.credits().count() : answered();
  }
}
