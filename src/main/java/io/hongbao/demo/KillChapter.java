// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.redpacket.draw.PacketKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The server is killed while everybody opens; what was acknowledged must be there, once. */
final class KillChapter implements Chapter {

  private static final int USERS_PER_PACKET = 20;
  private static final int PACKETS_MIN = 4;
  private static final int OPENERS_MAX = 120;
  private static final long MEAN_SHARE_MINOR = 30;
  private static final long SENT_MEANWHILE_MINOR = 6_00;
  private static final int SENT_MEANWHILE_SHARES = 3;
  private static final PacketKind[] KINDS = {
    PacketKind.LUCKY_LIVE, PacketKind.LUCKY_FAIR, PacketKind.EQUAL
  };

  /** The kill comes after this part of all requests, in percent, at a place drawn by the seed. */
  private static final int KILL_PERCENT_MIN = 15;

  private static final int KILL_PERCENT_MAX = 60;
  private static final int PERCENT = 100;

  private record Open(User sender, Told.Sent sent) {}

  private final Map<String, Open> packets = new LinkedHashMap<>();
  private long recoveredMs;

  @Override
  public String title(Stage stage) {
    return "kill -9 in the middle of it";
  }

  /** From the kill until the server answered again. */
  long recoveredMs() {
    return recoveredMs;
  }

  @Override
  public void play(Stage stage) throws Exception {
    int packetCount = Math.max(PACKETS_MIN, stage.options.userCount() / USERS_PER_PACKET);
    sendAll(stage, packetCount);
    List<Load.Task> tasks = tasks(stage, packetCount);
    int percent = KILL_PERCENT_MIN + stage.dice.below(KILL_PERCENT_MAX - KILL_PERCENT_MIN);
    Load load = new Load(stage, tasks, Math.max(1, tasks.size() * percent / PERCENT));
    stage.page.line(
        "%d packets, %d requests by %d people at a time; seed %d"
            .formatted(packetCount, tasks.size(), load.workerCount(), stage.options.seed()));

    killUnder(stage, load);
    Set<String> unheard = afterRecovery(stage, load);
    retry(stage, load, unheard);
    goOn(stage, load);
    closing(stage);
  }

  private void sendAll(Stage stage, int packetCount) throws Exception {
    List<User> senders = stage.dice.pick(stage.people(), packetCount);
    // Two shares for three people: the kill comes while shares are handed out, and yet some hear
    // "empty" in the end.
    int shares = openers(stage) * 2 / 3;
    List<Callable<Open>> jobs = new ArrayList<>();
    for (int i = 0; i < packetCount; i++) {
      User sender = senders.get(i);
      String key = stage.newKey();
      PacketOrder order =
          PacketOrder.toRoom(
              KINDS[i % KINDS.length], shares * MEAN_SHARE_MINOR, shares, Stage.ROOM_ID);
      jobs.add(() -> new Open(sender, stage.send(sender, key, order)));
    }
    Crowd.atOnce(Stage.AT_ONCE_MAX, jobs).forEach(open -> packets.put(open.sent().id(), open));
  }

  private static int openers(Stage stage) {
    return Math.min(OPENERS_MAX, stage.people().size() - 1);
  }

  // Opens of all packets mixed, and now and then a new packet.
  private List<Load.Task> tasks(Stage stage, int packetCount) {
    List<Load.Task> tasks = new ArrayList<>();
    for (Open packet : packets.values()) {
      for (User user : stage.others(packet.sender(), openers(stage))) {
        tasks.add(new Load.Open(user, packet.sent().id()));
      }
    }
    for (User sender : stage.dice.pick(stage.people(), packetCount)) {
      tasks.add(
          new Load.Send(
              sender,
              stage.newKey(),
              PacketOrder.toRoom(
                  PacketKind.LUCKY_LIVE,
                  SENT_MEANWHILE_MINOR,
                  SENT_MEANWHILE_SHARES,
                  Stage.ROOM_ID)));
    }
    return stage.dice.shuffled(tasks);
  }

  private void killUnder(Stage stage, Load load) throws Exception {
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> running = thread.submit(() -> runLoad(load));
      load.awaitAlarm();
      long killedNanos = System.nanoTime();
      // In this order, so that the requests without an answer are those that the kill cut off.
      load.end();
      int inFlight = load.inFlight();
      stage.server.kill();
      running.get();
      stage.page.line(
          "killed after %d answers (%d shares, %d new packets), %d requests in flight"
              .formatted(
                  load.answered(),
                  load.acknowledgedShares(),
                  load.acknowledgedSends().size(),
                  inFlight));
      stage.server.restart();
      recoveredMs = Stage.sinceMs(killedNanos);
    }
    if (load.unanswered().isEmpty()) {
      // The server's luck, not its fault: it answered everybody before the signal reached it.
      stage.page.line("the kill came at a moment when nobody waited for an answer");
    }
    stage.page.line(
        "started again on what was on the disk: answers after %d ms".formatted(recoveredMs));
  }

  private static boolean runLoad(Load load) throws Exception {
    load.run();
    return true;
  }

  /** Compares everything with what was acknowledged; returns the shares nobody heard of. */
  private Set<String> afterRecovery(Stage stage, Load load) throws Exception {
    int acknowledged = load.acknowledgedShares();
    int differencesBefore = stage.findings.count();
    for (Load.Acknowledged sent : load.acknowledgedSends()) {
      packets.put(sent.sent().id(), new Open(sent.task().sender(), sent.sent()));
      Reply<Told.Sent> again =
          stage.client.send(sent.task().sender(), sent.task().key(), sent.task().order());
      stage.findings.same("packet of a repeated send", sent.sent().id(), again.get().id());
      stage.findings.holds(again.replayed(), "a repeated send was not told as a repeat");
    }
    Set<String> unheard = new HashSet<>();
    for (Open packet : packets.values()) {
      Set<String> news = new HashSet<>();
      stage.compared(packet.sender(), packet.sent().id(), news);
      news.forEach(userId -> unheard.add(packet.sent().id() + " " + userId));
    }
    stage.lineIfRight(
        differencesBefore,
        "all %d acknowledged shares and %d packets are there, once, with the same amounts"
            .formatted(acknowledged, load.acknowledgedSends().size()));
    return unheard;
  }

  /** Repeats each request whose answer the kill has swallowed. */
  private void retry(Stage stage, Load load, Set<String> unheard) throws Exception {
    int there = 0;
    int anew = 0;
    int refused = 0;
    Set<String> open = new HashSet<>(unheard);
    for (Load.Task task : load.unanswered()) {
      switch (task) {
        case Load.Open lost -> {
          boolean wasThere = stage.ledger.has(lost.packetId(), lost.user().id());
          open.remove(lost.packetId() + " " + lost.user().id());
          Reply<Told.Opened> reply = stage.open(lost.user(), lost.packetId());
          Told.Opened told = reply.value();
          stage.findings.holds(
              told != null || !wasThere,
              "%s lost the share of packet %s".formatted(lost.user(), lost.packetId()));
          stage.findings.holds(
              told == null || told.first() != wasThere,
              "%s was told wrongly whether the share is new".formatted(lost.user()));
          there += wasThere ? 1 : 0;
          anew += told != null && !wasThere ? 1 : 0;
          refused += told == null ? 1 : 0;
        }
        case Load.Send lost -> {
          Reply<Told.Sent> reply = stage.client.send(lost.sender(), lost.key(), lost.order());
          Told.Sent told = reply.get();
          Load.bookSent(stage, lost, told);
          packets.put(told.id(), new Open(lost.sender(), told));
          there += reply.replayed() ? 1 : 0;
          anew += reply.replayed() ? 0 : 1;
        }
      }
    }
    stage.findings.holds(open.isEmpty(), "shares that nobody had asked for: " + open);
    stage.page.line(
        "%d unanswered requests repeated: %d had been done, %d were done now, %d came too late"
            .formatted(load.unanswered().size(), there, anew, refused));
  }

  /** Those who had not had their turn. */
  private void goOn(Stage stage, Load before) throws Exception {
    Load rest = new Load(stage, before.notBegun(), Integer.MAX_VALUE);
    rest.run();
    stage.findings.same(
        "requests without an answer after the restart", 0, rest.unanswered().size());
    for (Load.Acknowledged sent : rest.acknowledgedSends()) {
      packets.put(sent.sent().id(), new Open(sent.task().sender(), sent.sent()));
    }
  }

  private void closing(Stage stage) throws Exception {
    int differencesBefore = stage.findings.count();
    int draws = 0;
    int shares = 0;
    for (Open packet : packets.values()) {
      Told.Packet now = stage.compared(packet.sender(), packet.sent().id());
      shares += now.openedCount();
      if (now.state().equals("empty")) {
        DrawCheck.verified(stage, packet.sender(), now, packet.sent().commitment());
        draws++;
      }
    }
    stage.lineIfRight(
        differencesBefore,
        "everybody has had a turn: %d packets, %d shares, each sum exact, %d draws verified"
            .formatted(packets.size(), shares, draws));
  }
}
