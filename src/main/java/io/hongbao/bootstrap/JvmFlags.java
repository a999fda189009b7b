// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
package io.hongbao.bootstrap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The flags with which the product's JVM starts; the launcher script has the same list. */
final class JvmFlags {

  /** The collector with the most opens a second on one core and on two; see docs/BENCHMARKS.md. */
  private static final List<String> COLLECTOR =
      Collections.unmodifiableList(
          Arrays.asList(
              "-XX:+UseParallelGC",
              // Sizes that stand: each change of them costs page faults while everything waits.
              "-XX:InitialRAMPercentage=25",
              "-XX:NewRatio=2",
              "-XX:-UseAdaptiveSizePolicy",
              // What lives through two collections is a packet or an account, and stays.
              "-XX:MaxTenuringThreshold=1"));

  /** One thread plays there, and what it makes dies young; a large heap costs it page faults. */
  private static final List<String> COLLECTOR_OF_SIMULATOR =
      Collections.unmodifiableList(Arrays.asList("-XX:+UseSerialGC"));

  /** The command that plays the simulator. */
  static final String SIMULATOR = "sim";

  private static final List<String> FOR_SERVER =
      Collections.unmodifiableList(
          Arrays.asList(
              // Millions of small entities: a header of 8 bytes instead of 12.
              "-XX:+UseCompactObjectHeaders",
              // Memory that ran out in the middle of an apply leaves a state that nobody may see.
              "-XX:+ExitOnOutOfMemoryError",
              // Names and greetings are printed as they are, also without a locale.
              "-Dstdout.encoding=UTF-8",
              "-Dstderr.encoding=UTF-8"));

  private JvmFlags() {}

  static List<String> forServer() {
    return FOR_SERVER;
  }

  /** The collector for a command; what stands first among the arguments, or empty. */
  static List<String> collector(String command) {
    return SIMULATOR.equals(command) ? COLLECTOR_OF_SIMULATOR : COLLECTOR;
  }

  /**
   * Picks from the flags of this JVM those that a newer one understands: properties and sizes.
   * Agents and debuggers stay behind (their port is taken), collectors may no longer exist.
   */
  static List<String> worthKeeping(List<String> ownFlags) {
    List<String> kept = new ArrayList<String>();
    for (String flag : ownFlags) {
      boolean isSize =
          flag.startsWith("-Xm") || flag.startsWith("-Xss") || flag.startsWith("-XX:MaxDirect");
      boolean isProperty = flag.startsWith("-D") && !flag.startsWith("-D" + Main.CHILD_PROPERTY);
      if (isSize || isProperty) {
        kept.add(flag);
      }
    }
    return kept;
  }
}
