// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names whose servers are silent must not hold up the others, nor anything else of the process. */
class HookNamesTest {

  private static final long PATIENCE_S = 20;

  private final CountDownLatch spoken = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final HookNames names = new HookNames(this::look);

  private InetAddress[] look(String host) throws UnknownHostException {
    asked.incrementAndGet();
    if (host.startsWith("silent")) {
      try {
        spoken.await();
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }
    if (host.startsWith("unknown")) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {InetAddress.ofLiteral("192.0.2.1")};
  }

  private CompletableFuture<List<InetAddress>> of(String host) {
    return names.of(host).toCompletableFuture();
  }

  private static <T> T heard(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_S, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    spoken.countDown();
    names.close();
  }

  @Test
  void oneSilentNameHoldsOneThreadAndOthersAreFound() throws Exception {
    List<CompletableFuture<List<InetAddress>>> waiting = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      waiting.add(of("silent.example"));
    }

    for (int i = 0; i < 20; i++) {
      assertEquals("192.0.2.1", heard(of("host-" + i)).getFirst().getHostAddress());
    }

    assertEquals(21, asked.get());
    assertFalse(waiting.getLast().isDone());
    spoken.countDown();
    for (CompletableFuture<List<InetAddress>> one : waiting) {
      assertEquals(1, heard(one).size());
    }
  }

  @Test
  void anAnswerIsNotKept() throws Exception {
    heard(of("a.example"));
    heard(of("a.example"));

    assertEquals(2, asked.get());
  }

  @Test
  void whatTheSystemSaysIsTold() {
    var failed = assertThrows(ExecutionException.class, () -> heard(of("unknown.example")));

    assertInstanceOf(UnknownHostException.class, failed.getCause());
  }

  @Test
  void tooManyNamesAreRefusedAndWhoIsInLineHasItsTurn() throws Exception {
    List<CompletableFuture<List<InetAddress>>> inLine = new ArrayList<>();
    for (int i = 0; i < HookNames.THREADS_MAX + HookNames.WAITING_MAX; i++) {
      inLine.add(of("silent-" + i));
    }

    var full = assertThrows(ExecutionException.class, () -> heard(of("one.more")));

    assertInstanceOf(HookNames.BusyException.class, full.getCause());
    spoken.countDown();
    for (CompletableFuture<List<InetAddress>> one : inLine) {
      assertTrue(heard(one).size() == 1);
    }
    assertEquals(1, heard(of("one.more")).size());
  }
}
