// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a benchmark is told; each takes what concerns it.
 *
 * @param directory where it may write; everything below is its own
 * @param seconds of one measurement
 * @param connections of clients; 0 = the usual numbers, one after the other
 * @param minutes that idle connections are held
 * @param rows of the benchmark that are wanted; none named = all
 * @param rivals folder with the libraries of rivals; what is not there is left out
 * @param progress hears what is being measured, for a person who waits
 */
public record BenchOptions(
    Path directory,
    int rounds,
    double seconds,
    long accounts,
    int packets,
    int shares,
    int loops,
    int window,
    int batch,
    int connections,
    Shape shape,
    double minutes,
    Set<String> rows,
    Path rivals,
    Consumer<String> progress) {

  boolean wants(String row) {
    return rows.isEmpty() || rows.contains(row);
  }
}
