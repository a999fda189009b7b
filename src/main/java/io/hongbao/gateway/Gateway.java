// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.RoomLogs;
import io.hongbao.model.Check;
import io.hongbao.session.Session;
import io.hongbao.time.TimeSource;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All connections that read rooms, on all event loops.
 *
 * <p><b>Thread:</b> any, where nothing else is said.
 *
 * <p><b>Failure:</b> what a peer does ends its connection and nothing else.
 */
public final class Gateway {

  private static final Logger LOG = System.getLogger(Gateway.class.getName());

  private final GatewayParts parts;
  private final List<GatewayLoop> loops = new ArrayList<>();
  private final Map<Long, RoomHub> hubs = new ConcurrentHashMap<>();
  private final Places places;
  private final Tickets tickets;
  private final Admission admission;
  private final WriteBufferWaterMark waterMark;
  private volatile boolean isDraining;

  /** Makes a gateway for these loops. */
  public Gateway(GatewayParts parts, List<EventLoop> eventLoops) {
    this.parts = parts;
    int outboxBytes = parts.limits().outboxBytes();
    this.waterMark = new WriteBufferWaterMark(outboxBytes / 8, outboxBytes / 4);
    this.places = new Places(parts.limits());
    this.tickets = new Tickets(parts.time(), parts.randomness());
    this.admission = new Admission(parts, places, tickets);
    for (int i = 0; i < eventLoops.size(); i++) {
      loops.add(new GatewayLoop(i, this, eventLoops.get(i)));
    }
  }

  List<GatewayLoop> loops() {
    return loops;
  }

  public GatewayLoop loop(int index) {
    return loops.get(index);
  }

  /** What each loop counts. */
  public List<GatewayMeters> meters() {
    return loops.stream().map(GatewayLoop::meters).toList();
  }

  public GatewayLimits limits() {
    return parts.limits();
  }

  public Tickets tickets() {
    return tickets;
  }

  /** Connections that are open. */
  public int connectionCount() {
    return places.open();
  }

  /** Rooms that somebody reads. */
  public int roomCount() {
    return hubs.size();
  }

  /** Begins to mark in the rooms how many read them. */
  public Gateway start() {
    new Marks(loops.get(0), hubs.values()).start();
    return this;
  }

  /** Lets nobody in any more, and sends all away; completes when the last was told. */
  public CompletableFuture<Void> drain() {
    isDraining = true;
    return CompletableFuture.allOf(
        loops.stream()
            .map(loop -> Drain.begin(loop, limits().drainMs()))
            .toArray(CompletableFuture[]::new));
  }

  /** Puts a user out of a room, wherever he reads it. */
  public void cutOff(long roomId, long userId, CutOff why) {
    loops.forEach(loop -> loop.cutOff(roomId, userId, why));
  }

  /**
   * Tells a user something that passes by, on every private stream that is open.
   *
   * @param json an object with {@code "op":"note"}
   */
  public void note(long userId, byte[] json) {
    loops.forEach(loop -> loop.note(userId, json));
  }

  WriteBufferWaterMark waterMark() {
    return waterMark;
  }

  RoomLogs logs() {
    return parts.logs();
  }

  TimeSource time() {
    return parts.time();
  }

  GatewayParts parts() {
    return parts;
  }

  ByteBufAllocator alloc() {
    return PooledByteBufAllocator.DEFAULT;
  }

  /** The hub of a room, for a loop that has readers of it now. */
  RoomHub enter(long roomId) {
    return Check.present(
        hubs.compute(
            roomId,
            (id, known) -> {
              RoomHub hub = known == null ? new RoomHub(id, this) : known;
              hub.loopCount++;
              return hub;
            }),
        "hub");
  }

  /**
   * The loop has no readers of the room any more. The hub of a room that nobody reads is forgotten;
   * what it still has to hear on the room's owner was sent before, so the next hub comes behind it.
   */
  void leave(RoomHub hub) {
    var unused =
        hubs.computeIfPresent(hub.roomId(), (id, known) -> --known.loopCount == 0 ? null : known);
  }

  /** How many watch a room now. */
  public long watching(long roomId) {
    RoomHub hub = hubs.get(roomId);
    return hub == null ? 0 : hub.members();
  }

  GatewayLoop loopOfThread() {
    for (GatewayLoop loop : loops) {
      if (loop.eventLoop().inEventLoop()) {
        return loop;
      }
    }
    throw new IllegalStateException("not on a loop of the gateway");
  }

  /** The session of a token; null when it has ended. */
  public @Nullable Session session(long hashHigh, long hashLow) {
    return parts.sessions().find(hashHigh, hashLow, parts.time().nowMs());
  }

  /** Whether a user, or nobody (0), may read a room. */
  public boolean mayRead(long roomId, long userId) {
    return parts.rooms().isInRoom(roomId, userId);
  }

  Member.Start startBehind(Member known) {
    return new Member.Start(logs().tail(known.room.roomId()).epoch(), known.lastSequence, 0);
  }

  /** A place for one more connection from an address; null when there is none, or no more. */
  public @Nullable AutoCloseable enter(GatewayLoop loop, String address) {
    Place place = isDraining ? null : places.enter(address);
    if (place == null) {
      loop.meters().countRefused();
    }
    return place;
  }

  /**
   * Takes a channel over that has just become a WebSocket: all other handlers but TLS are gone, the
   * answer to the upgrade is written.
   *
   * <p><b>Thread:</b> the channel's loop.
   *
   * @param place as {@link #enter} gave it
   * @param session who it is; null for nobody
   */
  public void takeJson(
      GatewayLoop loop,
      Channel channel,
      AutoCloseable place,
      boolean deflates,
      @Nullable Session session) {
    JsonConnection connection = new JsonConnection(loop, (Place) place, deflates);
    channel.pipeline().addLast("live", connection);
    if (session == null || admission.let(connection, session)) {
      connection.welcome();
    }
  }

  /** As {@link #takeJson}, for a client of Bilibili's packets over TCP. */
  public void takeGoimTcp(GatewayLoop loop, Channel channel, AutoCloseable place) {
    channel.pipeline().addLast("live", new GoimTcpConnection(loop, (Place) place));
  }

  /**
   * As {@link #takeJson}, for a reader of server-sent events in one room.
   *
   * @param lastEventId where it was; empty for nowhere
   * @param recent entries of the past that it wants without that
   */
  public void takeSse(
      GatewayLoop loop,
      Channel channel,
      AutoCloseable place,
      @Nullable Session session,
      long roomId,
      Density density,
      String lastEventId,
      int recent) {
    SseConnection connection = new SseConnection(loop, (Place) place);
    channel.pipeline().addLast("live", connection);
    if (session == null || admission.let(connection, session)) {
      Member.Start start = Member.Start.ofEventId(lastEventId, recent);
      loop.room(roomId).join(connection, connection.wire().lane(density), start);
    }
  }

  /** As {@link #takeJson}, for a client of Bilibili's packets. */
  public void takeGoim(GatewayLoop loop, Channel channel, AutoCloseable place) {
    channel.pipeline().addLast("live", new GoimConnection(loop, (Place) place));
  }

  Admission admission() {
    return admission;
  }

  void failed(Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.log(Level.DEBUG, "a connection of the gateway failed", cause);
    }
  }
}
