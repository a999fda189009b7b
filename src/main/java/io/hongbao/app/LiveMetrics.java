// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.app;

import io.hongbao.live.LiveMeters;
import io.hongbao.live.LocalRoomLogs;
import io.hongbao.live.MoneyThread;
import io.hongbao.live.sql.StoreMeters;
import io.hongbao.model.RefusalCode;
import io.hongbao.observe.EngineMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Shows what happens in live rooms: the tracking points of what is said, and the limits. */
record LiveMetrics(
    LiveMeters rooms, LocalRoomLogs logs, MoneyThread money, @Nullable StoreMeters store) {

  private static final double MS_PER_SECOND = 1e3;

  /** Reasons for which something is not said. */
  private static final List<RefusalCode> REASONS =
      List.of(
          RefusalCode.TEXT_NOT_ALLOWED,
          RefusalCode.BANNED,
          RefusalCode.MUTED,
          RefusalCode.CHAT_CLOSED,
          RefusalCode.FOLLOWERS_ONLY,
          RefusalCode.EMOTES_ONLY,
          RefusalCode.ALREADY_WAITING,
          RefusalCode.ROOM_CROWDED,
          RefusalCode.OVERLOADED,
          RefusalCode.KEY_REUSED);

  void bindTo(MeterRegistry registry, EngineMetrics engine) {
    engine.quantiles(
        "hongbao.rooms.say", "an attempt to say something to its outcome", "all", rooms.sayNanos());
    counter(registry, "hongbao.rooms.said", "messages said", m -> m.rooms.said());
    counter(registry, "hongbao.rooms.repeated", "repeats by key", m -> m.rooms.repeated());
    for (RefusalCode code : REASONS) {
      FunctionCounter.builder("hongbao.rooms.refused", this, m -> m.rooms.refused(code))
          .description("messages not said, by code")
          .tag("code", code.wireName())
          .register(registry);
    }
    gauge(registry, "hongbao.rooms.waiting", "messages in line", m -> m.rooms.waiting());
    counter(registry, "hongbao.rooms.queued", "messages put in line", m -> m.rooms.queued());
    counter(
        registry,
        "hongbao.rooms.said.late",
        "messages said from the line",
        m -> m.rooms.saidAfterWait());
    counter(
        registry,
        "hongbao.rooms.waited.seconds",
        "their waits together",
        m -> m.rooms.waitedMs() / MS_PER_SECOND);
    counter(
        registry,
        "hongbao.rooms.cancelled",
        "messages that left the line unsaid",
        m -> m.rooms.cancelled());
    counter(
        registry,
        "hongbao.rooms.expired",
        "messages whose turn never came",
        m -> m.rooms.expired());
    counter(registry, "hongbao.rooms.recalled", "messages taken back", m -> m.rooms.recalled());
    counter(registry, "hongbao.rooms.gifts", "gifts shown", m -> m.rooms.gifts());
    counter(registry, "hongbao.rooms.held", "words that waited for the disk", m -> m.rooms.held());
    bindMoney(registry);
    gauge(registry, "hongbao.rooms.logs", "rooms with a log", m -> m.logs.count());
    counter(
        registry,
        "hongbao.rooms.forgotten",
        "rooms whose log was forgotten after an hour of rest",
        m -> m.logs.forgotten());
    gauge(
        registry,
        "hongbao.rooms.appends.waiting",
        "tasks that wait for the fullest loop",
        m -> m.logs.waiting());
    bindStore(registry);
  }

  private void bindMoney(MeterRegistry registry) {
    counter(registry, "hongbao.rooms.money", "money events in logs", m -> m.rooms.money());
    counter(
        registry,
        "hongbao.rooms.money.delayed",
        "times a money event found its loop full",
        m -> m.rooms.moneyDelayed());
    counter(
        registry,
        "hongbao.rooms.money.held",
        "times that money events stayed in the journal since the database had no room",
        m -> m.rooms.moneyHeld());
    gauge(
        registry,
        "hongbao.rooms.money.behind.bytes",
        "durable bytes of the journal whose money events are not in logs",
        m -> m.money.behindBytes());
  }

  private void bindStore(MeterRegistry registry) {
    StoreMeters kept = store == null ? new StoreMeters() : store;
    gauge(registry, "hongbao.rooms.store.up", "1 if the database is open", m -> m.isUp());
    gauge(registry, "hongbao.rooms.unsaved", "entries not written yet", m -> kept.unsaved());
    counter(registry, "hongbao.rooms.saved", "entries written", m -> kept.rows());
    counter(registry, "hongbao.rooms.save.batches", "batches written", m -> kept.batches());
    counter(registry, "hongbao.rooms.save.failures", "writes that failed", m -> kept.failures());
    counter(
        registry,
        "hongbao.rooms.save.late",
        "batches durable later than room.flush_ms",
        m -> kept.late());
    gauge(
        registry,
        "hongbao.rooms.save.delay.seconds",
        "age of the last batch when it was durable",
        m -> kept.lastDelayMs() / MS_PER_SECOND);
  }

  private int isUp() {
    return store == null ? 0 : 1;
  }

  private void gauge(
      MeterRegistry registry, String name, String text, ToDoubleFunction<LiveMetrics> reading) {
    Gauge.builder(name, this, reading).description(text).strongReference(true).register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String text, ToDoubleFunction<LiveMetrics> reading) {
    FunctionCounter.builder(name, this, reading).description(text).register(registry);
  }
}
