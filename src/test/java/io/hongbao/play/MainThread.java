// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * How busy a page keeps its main thread, from the browser's own trace: processor time of that
 * thread's tasks, by frames of a sixtieth of a second.
 */
final class MainThread {

  private static final int FRAME_US = 16_667;
  private static final String TASK = "ThreadControllerImpl::RunTask";

  /** Milliseconds of the frame that is busier than 95 of 100. */
  record Busy(double p50Ms, double p95Ms, double maxMs, int frames) {}

  private MainThread() {}

  static Busy watch(Browser browser, Page page, double forMs) {
    browser.startTracing(
        page, new Browser.StartTracingOptions().setCategories(List.of("toplevel")));
    page.waitForTimeout(forMs);
    JsonArray events =
        Buffer.buffer(browser.stopTracing()).toJsonObject().getJsonArray("traceEvents");
    Busy busiest = new Busy(0, 0, 0, 0);
    for (Object event : events) {
      JsonObject thread = (JsonObject) event;
      if ("thread_name".equals(thread.getString("name"))
          && "CrRendererMain".equals(thread.getJsonObject("args").getString("name"))) {
        // Other windows have such a thread too; the one that is measured does most.
        Busy busy = busy(events, thread.getLong("pid"), thread.getLong("tid"));
        busiest = busy.p95Ms() > busiest.p95Ms() ? busy : busiest;
      }
    }
    return busiest;
  }

  private static Busy busy(JsonArray events, long pid, long tid) {
    List<JsonObject> tasks =
        events.stream()
            .map(JsonObject.class::cast)
            .filter(event -> TASK.equals(event.getString("name")))
            .filter(event -> event.getLong("pid") == pid && event.getLong("tid") == tid)
            .filter(event -> event.containsKey("dur"))
            .toList();
    if (tasks.isEmpty()) {
      return new Busy(0, 0, 0, 0);
    }
    long firstUs = tasks.stream().mapToLong(task -> task.getLong("ts")).min().orElseThrow();
    long lastUs =
        tasks.stream()
            .mapToLong(task -> task.getLong("ts") + task.getLong("dur"))
            .max()
            .orElseThrow();
    double[] frames = new double[(int) ((lastUs - firstUs) / FRAME_US) + 1];
    for (JsonObject task : tasks) {
      add(frames, task.getLong("ts") - firstUs, task.getLong("tdur", task.getLong("dur")));
    }
    Arrays.sort(frames);
    return new Busy(
        frames[frames.length / 2] / 1_000,
        frames[frames.length * 95 / 100] / 1_000,
        frames[frames.length - 1] / 1_000,
        frames.length);
  }

  // A long task fills more than one frame.
  private static void add(double[] frames, long startUs, long durationUs) {
    long at = startUs;
    long end = startUs + durationUs;
    while (at < end) {
      int frame = (int) Math.min(frames.length - 1, at / FRAME_US);
      long until = frame == frames.length - 1 ? end : Math.min(end, (frame + 1L) * FRAME_US);
      frames[frame] += until - at;
      at = until;
    }
  }
}
