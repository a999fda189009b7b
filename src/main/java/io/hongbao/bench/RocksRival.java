// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * RocksDB by name only: its library is 70 MB and no part of the product.
 *
 * <p>{@code mvn -Pbench process-resources} puts it into {@code target/bench}.
 */
final class RocksRival {

  private final ClassLoader loader;

  private RocksRival(ClassLoader loader) {
    this.loader = loader;
  }

  /** RocksDB from a folder with libraries, or null when there is none. */
  static @Nullable RocksRival find(Path libraries) throws IOException {
    List<URL> urls = jars(libraries);
    return urls.stream().noneMatch(url -> url.getPath().contains("rocksdbjni"))
        ? null
        : new RocksRival(new URLClassLoader(urls.toArray(URL[]::new)));
  }

  /** All jars of a folder; none when it is not there. */
  static List<URL> jars(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<URL> urls = new java.util.ArrayList<>();
      for (Path file : files.filter(path -> path.toString().endsWith(".jar")).toList()) {
        urls.add(file.toUri().toURL());
      }
      return urls;
    }
  }

  /** Puts batches with a synced write each, for that long. */
  double perSecond(Path folder, int batch, int payloadBytes, double seconds)
      throws ReflectiveOperationException {
    Class<?> db = loader.loadClass("org.rocksdb.RocksDB");
    Class<?> optionsType = loader.loadClass("org.rocksdb.Options");
    Class<?> writeOptionsType = loader.loadClass("org.rocksdb.WriteOptions");
    Class<?> batchType = loader.loadClass("org.rocksdb.WriteBatch");
    db.getMethod("loadLibrary").invoke(null);
    Object options = optionsType.getConstructor().newInstance();
    optionsType.getMethod("setCreateIfMissing", boolean.class).invoke(options, true);
    Object writeOptions = writeOptionsType.getConstructor().newInstance();
    writeOptionsType.getMethod("setSync", boolean.class).invoke(writeOptions, true);
    Object open =
        db.getMethod("open", optionsType, String.class).invoke(null, options, folder.toString());
    Method write = db.getMethod("write", writeOptionsType, batchType);
    Method put = batchType.getMethod("put", byte[].class, byte[].class);
    Constructor<?> newBatch = batchType.getConstructor();
    byte[] key = new byte[8];
    byte[] value = new byte[payloadBytes];
    long written = 0;
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      try (AutoCloseable puts = (AutoCloseable) newBatch.newInstance()) {
        for (int i = 0; i < batch; i++) {
          ByteBuffer.wrap(key).putLong(written++);
          put.invoke(puts, key, value);
        }
        write.invoke(open, writeOptions, puts);
      } catch (ReflectiveOperationException failed) {
        throw failed;
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
    }
    double rate = written / ((System.nanoTime() - begin) / 1e9);
    for (Object closed : List.of(open, writeOptions, options)) {
      closed.getClass().getMethod("close").invoke(closed);
    }
    return rate;
  }
}
