// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a server at rest occupies.
 *
 * @param heapBytes live objects, after a full collection
 * @param directBytes buffers outside the heap
 * @param threads of the JVM's
 * @param descriptors open files and sockets
 * @param waiting commands, answers and transfers in any queue
 * @param segments files of the journal that are kept
 */
record Footprint(
    long heapBytes, long directBytes, long threads, long descriptors, long waiting, long segments) {

  private static final int MIB = 1 << 20;
  private static final String FILLERS = "jdk.internal.vm.Filler";

  /**
   * How far a server has come.
   *
   * @param appended records in its journal since it started
   * @param exported of those in its read model
   */
  record Progress(long appended, long exported) {}

  /** Asks how far the server has come. */
  static Progress progress(DrillServer server) throws IOException, DrillException {
    Map<String, Double> metrics = metrics(server);
    long appended = sum(metrics, "hongbao_journal_records_total");
    return new Progress(appended, appended - sum(metrics, "hongbao_export_lag_records"));
  }

  /** Looks at the server; the collection takes it some 100 ms. */
  static Footprint of(DrillServer server) throws IOException, InterruptedException, DrillException {
    long heapBytes = liveBytes(server);
    Map<String, Double> metrics = metrics(server);
    long segments;
    try (Stream<Path> files = Files.list(server.launch().data().resolve("journal"))) {
      segments = files.filter(file -> !file.toString().endsWith(".tmp")).count();
    }
    return new Footprint(
        heapBytes,
        sum(metrics, "jvm_buffer_memory_used_bytes"),
        sum(metrics, "jvm_threads_live_threads"),
        sum(metrics, "process_files_open_files"),
        sum(metrics, "hongbao_lane_mailbox")
            + sum(metrics, "hongbao_replies_waiting")
            + sum(metrics, "hongbao_transfers_in_flight"),
        segments);
  }

  // The class histogram counts live objects only, whichever collector there is; and what Parallel
  // puts into holes that it does not close, which can be more than all the rest.
  private static long liveBytes(DrillServer server)
      throws IOException, InterruptedException, DrillException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram")
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .start();
    List<String> lines;
    try (Stream<String> read = process.inputReader().lines()) {
      lines = read.toList();
    }
    int code = process.waitFor();
    String last = lines.isEmpty() ? "" : lines.getLast();
    String[] words = last.strip().split(" +");
    if (code != 0 || words.length < 3 || !words[0].equals("Total")) {
      throw new DrillException("jcmd does not show the heap: " + last);
    }
    long fillerBytes =
        lines.stream()
            .filter(line -> line.contains(FILLERS))
            .mapToLong(line -> Long.parseLong(line.strip().split(" +")[2]))
            .sum();
    return Long.parseLong(words[2]) - fillerBytes;
  }

  private static Map<String, Double> metrics(DrillServer server) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(server.management() + "/metrics").toURL().openConnection();
    String text;
    try (var in = connection.getInputStream()) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      connection.disconnect();
    }
    Map<String, Double> sums = new HashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && line.contains(" "))
        .forEach(
            line ->
                sums.merge(
                    line.split("[{ ]", 2)[0],
                    Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                    Double::sum));
    return sums;
  }

  private static long sum(Map<String, Double> metrics, String name) throws DrillException {
    Double value = metrics.get(name);
    if (value == null) {
      throw new DrillException("the server shows no metric " + name);
    }
    return Math.round(value);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "heap %.1f MiB, direct %.1f MiB, %d threads, %d descriptors, %d waiting, %d segments",
        heapBytes / (double) MIB,
        directBytes / (double) MIB,
        threads,
        descriptors,
        waiting,
        segments);
  }
}
