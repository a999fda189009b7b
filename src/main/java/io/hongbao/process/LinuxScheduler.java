// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Background work".
package io.hongbao.process;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Linux lets a process without privileges say of its own threads: {@code sched_setattr(2)}.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Failure:</b> elsewhere, and where the call is forbidden, nothing happens.
 */
public final class LinuxScheduler {

  /**
   * In place of a thread's number: the one that calls. Threads and processes that it starts take
   * after it.
   */
  public static final int CALLER = 0;

  private static final int SCHED_OTHER = 0;
  private static final int SCHED_IDLE = 5;

  /** {@code struct sched_attr}, version 0; offsets in bytes. */
  private static final int ATTR_BYTES = 48;

  private static final int POLICY_AT = 4;
  private static final int NICE_AT = 16;
  private static final int RUNTIME_AT = 24;

  private static final Map<String, Long> CALL_NUMBERS = Map.of("amd64", 314L, "aarch64", 274L);

  private final @Nullable MethodHandle call;
  private final long number;

  private LinuxScheduler(@Nullable MethodHandle call, long number) {
    this.call = call;
    this.number = number;
  }

  /** That of this system; one that does nothing where there is none. */
  public static LinuxScheduler ofThisSystem() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    Long number = CALL_NUMBERS.get(System.getProperty("os.arch", ""));
    if (number == null || !system.contains("linux")) {
      return new LinuxScheduler(null, 0);
    }
    return new LinuxScheduler(handle(), number);
  }

  public boolean isThere() {
    return call != null;
  }

  /**
   * The thread runs when nobody else wants to, and stops at once when somebody does. It cannot be
   * taken back without privileges.
   */
  public boolean onlyWhenIdle(int thread) {
    return set(thread, SCHED_IDLE, 0, 0);
  }

  /** The thread gives way, yet has its part of a busy core: a tenth at 10. */
  public boolean nice(int thread, int nice) {
    return set(thread, SCHED_OTHER, nice, 0);
  }

  /**
   * The thread asks for short turns, and gets them sooner: since Linux 6.12 a thread that wakes up
   * does not wait for the end of a longer turn of another.
   */
  public boolean shortTurns(int thread, long nanos) {
    return set(thread, SCHED_OTHER, 0, nanos);
  }

  private boolean set(int thread, int policy, int nice, long sliceNanos) {
    MethodHandle handle = call;
    if (handle == null) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(ATTR_BYTES);
      attributes.set(ValueLayout.JAVA_INT, 0, ATTR_BYTES);
      attributes.set(ValueLayout.JAVA_INT, POLICY_AT, policy);
      attributes.set(ValueLayout.JAVA_INT, NICE_AT, nice);
      attributes.set(ValueLayout.JAVA_LONG, RUNTIME_AT, sliceNanos);
      return (long) handle.invokeExact(number, (long) thread, attributes, 0L) == 0;
    } catch (Throwable refused) {
      return false;
    }
  }

  // Restricted for what a wrong signature could do. Through syscall, since the C library has a
  // function of that name only since its version 2.41.
  @SuppressWarnings("restricted")
  private static @Nullable MethodHandle handle() {
    try {
      Linker linker = Linker.nativeLinker();
      FunctionDescriptor shape =
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_LONG);
      return linker
          .defaultLookup()
          .find("syscall")
          .map(at -> linker.downcallHandle(at, shape, Linker.Option.firstVariadicArg(1)))
          .orElse(null);
    } catch (RuntimeException | Error unsupported) {
      return null;
    }
  }
}
