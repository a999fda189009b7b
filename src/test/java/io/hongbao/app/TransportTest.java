// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The sockets that a loop really uses; without its library Vert.x takes others and says nothing.
 */
class TransportTest {

  private static final Set<String> BUILT_FOR = Set.of("amd64", "x86_64", "aarch64");

  @Test
  void onLinuxLoopsWaitByEpollItself() throws Exception {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    assumeTrue(
        system.contains("linux") && BUILT_FOR.contains(machine), "no library for " + machine);

    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try {
      assertTrue(Epoll.isAvailable(), () -> String.valueOf(Epoll.unavailabilityCause()));
      assertTrue(vertx.isNativeTransportEnabled());
    } finally {
      vertx.close().await();
    }
  }
}
