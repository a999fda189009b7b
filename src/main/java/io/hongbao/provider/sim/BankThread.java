// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes the one thread on which a simulated bank works and waits for its disk. */
public final class BankThread {

  /** The lane has at most one task waiting while another one ends. */
  private static final int TASKS_WAITING_MAX = 2;

  private BankThread() {}

  /** The caller shuts it down, after the bank. */
  public static ExecutorService start() {
    return new ThreadPoolExecutor(
        1,
        1,
        0,
        TimeUnit.MILLISECONDS,
        new ArrayBlockingQueue<>(TASKS_WAITING_MAX),
        task -> Thread.ofPlatform().name("provider-sim").daemon().unstarted(task));
  }
}
