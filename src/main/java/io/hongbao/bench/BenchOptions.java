// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a benchmark is told; each takes what concerns it.
 *
 * @param directory where it may write; everything below is its own
 * @param seconds of one measurement
 * @param connections of clients; 0 = the usual numbers, one after the other
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
    Path rivals,
    Consumer<String> progress) {}
