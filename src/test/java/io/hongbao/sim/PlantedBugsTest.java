// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The test of the simulator: bugs that people really make are put into the real source, one at a
 * time, and the simulator must find each within a stated number of seeds.
 *
 * <p>The changed file is compiled aside and loaded before the right one, so the product has no
 * switch for being wrong.
 */
class PlantedBugsTest {

  private static final Path SOURCES = Path.of("src/main/java/io/hongbao");
  private static final Path CLASSES = Path.of("target/classes");
  private static final long STEPS = 3_000;
  private static final String ONLY = System.getProperty("hongbao.sim.bug", "");

  /**
   * A bug.
   *
   * @param seedsMax within so many seeds it is found
   */
  record Bug(String name, String file, String right, String wrong, int seedsMax) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bug> bugs() {
    return Stream.of(
            bugsOfTheEngine(),
            bugsOfMoney(),
            bugsOfTransfers(),
            bugsOfPayments(),
            bugsOfLogins(),
            bugsOfKeys(),
            bugsOfPeople(),
            bugsOfLimits(),
            PlantedOperatorBugs.all())
        .flatMap(bugs -> bugs)
        .filter(bug -> bug.name().contains(ONLY));
  }

  private static Stream<Bug> bugsOfLogins() {
    return Stream.of(
        new Bug(
            "a replaced refresh token is good for too long",
            "session/LoginRule.java",
            "login.refreshedAtMs() <= SessionLimits.REPEAT_MS;",
            "login.refreshedAtMs() <= 3 * SessionLimits.REPEAT_MS;",
            10),
        new Bug(
            "a stolen login goes on",
            "session/LoginDesk.java",
            "close(List.of(login), CloseCause.REUSE, decision);\n",
            "",
            10),
        new Bug(
            "a logout is lost at replay",
            "engine/PartitionState.java",
            "      apply(schemaId, event);\n      at +=",
            "      if (!(event instanceof io.hongbao.session.SessionEvent.LoginClosed)) {\n"
                + "        apply(schemaId, event);\n      }\n      at +=",
            20),
        new Bug(
            "a login lives on in the directory after its logout",
            "session/LoginDesk.java",
            "decision.publish(() -> closed.forEach(directory::remove));",
            "Check.atLeast(closed.size(), 1, \"logins\");",
            5),
        new Bug(
            "the directory is changed before that is durable",
            "session/LoginDesk.java",
            "decision.publish(() -> directory.put(login, access));",
            "directory.put(login, access);",
            20));
  }

  private static Stream<Bug> bugsOfKeys() {
    return Stream.of(
        new Bug(
            "a revoked key comes back with snapshot and tail",
            "engine/PartitionState.java",
            "      apply(schemaId, event);\n      at +=",
            "      if (!(event instanceof io.hongbao.apikey.KeyEvent.KeyRevoked)) {\n"
                + "        apply(schemaId, event);\n      }\n      at +=",
            40),
        new Bug(
            "a revoked key opens doors until the next start",
            "apikey/KeyDesk.java",
            "decision.publish(() -> directory.remove(c.keyId()));",
            "Check.atLeast(c.keyId(), 0, \"key\");",
            10),
        new Bug(
            "the first of three secrets opens doors",
            "apikey/KeyDirectory.java",
            "Long2ObjectHashMap<LiveKey> next = without(old);",
            "Long2ObjectHashMap<LiveKey> next = new Long2ObjectHashMap<>(byHash);",
            10));
  }

  private static Stream<Bug> bugsOfPeople() {
    return Stream.of(
        new Bug(
            "failed logins are forgotten by a snapshot",
            "person/PersonSnapshot.java",
            "out.putInt(person.failures());",
            "out.putInt(0);",
            40),
        new Bug(
            "what is said of a person rests on nothing",
            "person/PersonDesk.java",
            "decision.looked(person.position());",
            "decision.looked(0);",
            10),
        new Bug(
            "a claim is good for ever",
            "person/PersonRule.java",
            "return person == null && isInTime ? null",
            "return person == null ? null",
            20),
        new Bug(
            "letting go takes what was claimed since",
            "person/PersonApplier.java",
            "boolean isClaimed = handle.isClaimed() && handle.untilMs() != e.untilMs();\n"
                + "    if (isOwned",
            "boolean isClaimed = e.untilMs() != 0 && handle.untilMs() != e.untilMs();\n"
                + "    if (isOwned",
            60),
        new Bug(
            "an address is never forgotten that fails on a second day",
            "person/PersonApplier.java",
            "if (before == null || before.dayEndsMs() != address.dayEndsMs()) {",
            "if (before == null) {",
            60));
  }

  private static Stream<Bug> bugsOfLimits() {
    return Stream.of(
        new Bug(
            "a frozen account pays",
            "ledger/Ledger.java",
            "return own.isFrozen() ? RefusalCode.ACCOUNT_FROZEN : null;",
            "return null;",
            5),
        new Bug(
            "a closed account takes money",
            "ledger/Ledger.java",
            "      return RefusalCode.ACCOUNT_CLOSED;\n    }\n    // Both",
            "      return null;\n    }\n    // Both",
            20),
        new Bug(
            "what may be borrowed is not there to spend",
            "ledger/Ledger.java",
            "return ownMinor - bounds(key).lowerMinor();",
            "return ownMinor;",
            5));
  }

  private static Stream<Bug> bugsOfPayments() {
    return Stream.of(
        new Bug(
            "a refund leaves memory before it is exported",
            "redpacket/PaymentDesk.java",
            "return stray.isRefunded() && around.isExported(parts.partition(), stray.position());",
            "return stray.isRefunded();",
            60),
        new Bug(
            "a payment of a forgotten order is refused",
            "redpacket/PaymentDesk.java",
            "if (!order.provider().equals(payment.provider()) || !isMoney(payment)) {",
            "if (!order.paymentId().isEmpty() || !isMoney(payment)) {",
            20),
        new Bug(
            "what the read model knows of a payment is not asked",
            "redpacket/PaymentDesk.java",
            "if (order.isKnownStray() || payment.paymentId()",
            "if (payment.paymentId()",
            60));
  }

  private static Stream<Bug> bugsOfTransfers() {
    return Stream.of(
        new Bug(
            "a leg is undone twice",
            "account/ArrivalDesk.java",
            "if (arrived.reversalId() != 0) {",
            "if (arrived.reversalId() < 0) {",
            5),
        new Bug(
            "a leg is credited beyond the limit",
            "account/ArrivalDesk.java",
            "parts.ledger().objectionToCredit(wallet, t.amountMinor(),"
                + " facts.balanceMinorMax(t.asset()));",
            "parts.ledger().objectionToCredit(wallet, 1, facts.balanceMinorMax(t.asset()));",
            60),
        new Bug(
            "legs are judged as if none came before",
            "account/BookingPlan.java",
            "return ledger.availableMinor(from) + changes.get(from) < move.amountMinor()",
            "return ledger.availableMinor(from) < move.amountMinor()",
            5),
        new Bug(
            "suspense is told as a credit",
            "account/TransferApplier.java",
            "tell(e.transferId(), e.leg(), e.asset(), e.reasonNumber(), 0, stamp);",
            "tell(e.transferId(), e.leg(), e.asset(), 0, 0, stamp);",
            20));
  }

  private static Stream<Bug> bugsOfTheEngine() {
    return Stream.of(
        new Bug(
            "reply before sync",
            "engine/PartitionCore.java",
            "if (required <= releasedSequence) {",
            "if (required <= Long.MAX_VALUE) {",
            2),
        new Bug(
            "records are not forced", "engine/journal/LogWriter.java", "    file.force();", "", 20),
        new Bug(
            "a refusal rests on an unsynced event",
            "redpacket/PacketDesk.java",
            "decision.looked(packet.position());\n    if (!OpenRule.mayOpen",
            "if (!OpenRule.mayOpen",
            3),
        new Bug(
            "a transfer without its mark",
            "engine/TransferDesk.java",
            "decision.emit(EngineCodec.SCHEMA_ID,"
                + " new EngineEvent.TransfersReceived(batch.source(), upTo));",
            "Check.atLeast(upTo, 0, \"mark\");",
            2),
        new Bug(
            "applied twice on replay",
            "engine/PartitionState.java",
            "      apply(schemaId, event);\n      at +=",
            "      apply(schemaId, event);\n"
                + "      if (event instanceof io.hongbao.account.AccountEvent.HoldPlaced) {\n"
                + "        apply(schemaId, event);\n      }\n      at +=",
            20));
  }

  private static Stream<Bug> bugsOfMoney() {
    return Stream.of(
        new Bug(
            "a refund while a reservation lives",
            "redpacket/PacketDesk.java",
            "Math.max(packet.spec().expiresAtMs(), packet.lastReservationMs(nowMs))",
            "packet.spec().expiresAtMs()",
            20),
        new Bug(
            "a key is lost before its window ends",
            "engine/KeyDesk.java",
            "return nowMs - windowMs - AHEAD_MS;",
            "return nowMs - windowMs / 36;",
            40),
        new Bug(
            "a snapshot without its tail",
            "engine/snapshot/Recovery.java",
            "if (reader.sequence() <= state.sequence()) {",
            "if (reader.sequence() <= state.sequence() + 1 && state.sequence() > 0) {",
            20),
        new Bug(
            "a timer is lost in a crash",
            "redpacket/RedPacketSnapshot.java",
            "      applier.timer(\n          packet.spec().expiresAtMs(),"
                + " RedPacketApplier.TIMER_EXPIRY, packet.spec().packetId());",
            "      Check.that(true, \"no timer\");",
            40),
        new Bug(
            "a hold is released while the outcome is unknown",
            "account/HoldDesk.java",
            "if (hold.kind() == Hold.Kind.INTERNAL) {\n      decision.emit",
            "if (hold.kind() != null) {\n      decision.emit",
            3),
        new Bug(
            "best luck goes to the later of two equals",
            "redpacket/RedPacket.java",
            "amountMinor > amountsMinor[bestPlace - 1]",
            "amountMinor >= amountsMinor[bestPlace - 1]",
            20),
        new Bug(
            "an exporter's doubt is forgotten before eviction",
            "redpacket/PacketDesk.java",
            "packet.pendingTransfers() == 0 && around.isExported(parts.partition(),"
                + " packet.position())",
            "packet.pendingTransfers() == 0",
            40));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void isFound(Bug bug, @TempDir Path directory) throws Exception {
    plant(bug, directory);

    int seeds = 0;
    String found = "";
    try (URLClassLoader loader = new ChildFirst(directory)) {
      Method run =
          loader.loadClass(Simulator.class.getName()).getMethod("run", long.class, long.class);
      while (found.isEmpty() && seeds < bug.seedsMax()) {
        seeds++;
        try {
          run.invoke(null, (long) seeds, STEPS);
        } catch (InvocationTargetException e) {
          found = String.valueOf(e.getCause());
        }
      }
    }

    int played = seeds;
    assertTrue(!found.isEmpty(), () -> "not found within " + played + " seeds");
    System.out.println("planted: " + bug + "; found by seed " + seeds + ": " + found);
  }

  private static void plant(Bug bug, Path directory) throws Exception {
    Path source = SOURCES.resolve(bug.file());
    String text = Files.readString(source);
    assertTrue(text.contains(bug.right()), "the place has changed; plant the bug anew: " + source);
    Path changed = directory.resolve(source.getFileName());
    Files.writeString(changed, text.replace(bug.right(), bug.wrong()));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = new ArrayList<>();
    options.addAll(List.of("-nowarn", "-proc:none", "-d", directory.toString()));
    options.addAll(List.of("-cp", CLASSES + ":" + System.getProperty("java.class.path")));
    options.add(changed.toString());
    assertTrue(
        compiler.run(null, null, null, options.toArray(String[]::new)) == 0, "the bug compiles");
  }

  /** The product's classes once more, the planted one first. */
  private static final class ChildFirst extends URLClassLoader {

    ChildFirst(Path planted) throws Exception {
      super(
          new URL[] {planted.toUri().toURL(), CLASSES.toUri().toURL()},
          PlantedBugsTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.hongbao.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
