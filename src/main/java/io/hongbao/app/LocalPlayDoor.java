// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.http.PlayDoor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Reaches the supervisor by a file in the data directory, and the metrics where they are collected.
 *
 * <p>A file and no signal or socket: the supervisor sees it whatever becomes of this process in the
 * next moment, and nobody else can write there.
 *
 * <p><b>Thread:</b> any.
 */
final class LocalPlayDoor implements PlayDoor {

  private static final Logger LOG = System.getLogger(LocalPlayDoor.class.getName());

  private final Vertx vertx;
  private final Path wish;
  private final long roomId;
  private final boolean isSupervised;
  private volatile Supplier<String> scrape = () -> "";

  LocalPlayDoor(Vertx vertx, Configuration configuration) {
    this.vertx = vertx;
    this.wish = configuration.data().directory().resolve(DataDirectory.KILL_FILE);
    // Money from nothing for whoever comes: only where money is no money.
    boolean isSandbox = configuration.data().sandbox();
    this.roomId = isSandbox ? configuration.play().room() : 0;
    this.isSupervised = isSandbox && configuration.play().isSupervised();
  }

  /** What shows the metrics; before, there are none. */
  void show(Supplier<String> text) {
    scrape = text;
  }

  @Override
  public long roomId() {
    return roomId;
  }

  @Override
  public boolean isSupervised() {
    return isSupervised;
  }

  @Override
  public Future<Void> askToBeKilled() {
    LOG.log(Level.WARNING, "an operator asks the supervisor for a SIGKILL");
    return vertx.executeBlocking(() -> Files.writeString(wish, "now\n")).mapEmpty();
  }

  @Override
  public Future<String> metrics() {
    // Some milliseconds, which no event loop has to give.
    return vertx.executeBlocking(() -> scrape.get()).map(String::valueOf);
  }
}
