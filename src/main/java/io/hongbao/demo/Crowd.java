// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Many people who do something at once, each on a virtual thread.
 *
 * <p><b>Limit:</b> so many at once as the caller says; the others wait for their turn.
 */
final class Crowd {

  private Crowd() {}

  /**
   * Lets all of them go at the same moment and waits for the last.
   *
   * @return what each of them got, in the order of the jobs
   * @throws Exception the first failure, once all have ended
   */
  static <T> List<T> atOnce(int atOnceMax, List<? extends Callable<T>> jobs) throws Exception {
    CountDownLatch gun = new CountDownLatch(1);
    Semaphore turns = new Semaphore(atOnceMax);
    List<Future<T>> futures = new ArrayList<>(jobs.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Callable<T> job : jobs) {
        futures.add(
            threads.submit(
                () -> {
                  gun.await();
                  turns.acquire();
                  try {
                    return job.call();
                  } finally {
                    turns.release();
                  }
                }));
      }
      gun.countDown();
    }
    List<T> results = new ArrayList<>(futures.size());
    for (Future<T> future : futures) {
      results.add(resultOf(future));
    }
    return results;
  }

  private static <T> T resultOf(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
