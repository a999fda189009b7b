// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "State hash".
package io.hongbao.redpacket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountTransfer.CreditLeg;
import io.hongbao.account.AccountTransfer.TellLeg;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.engine.Transfer;
import io.hongbao.redpacket.RedPacketTransfer.CreatePacket;
import io.hongbao.redpacket.RedPacketTransfer.CreditShare;
import io.hongbao.redpacket.RedPacketTransfer.ReturnRest;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The digest of what is on its way covers every field of it: a snapshot that lost or changed one
 * would have another state hash. That of a packet once covered its id alone.
 */
class TransferDigestTest {

  static Stream<Transfer> transfers() {
    PacketTerms terms =
        new PacketTerms(
            PacketKind.EQUAL,
            GrabMode.CLASSIC,
            1,
            1_000,
            10,
            500,
            7,
            SenderNonce.ofBase64Url("AAEC"),
            "luck",
            "gold");
    PacketSpec spec = new PacketSpec(9, 1_001, terms, 5, 6, 11, 12, new DrawSeed(1, 2, 3, 4));
    return Stream.of(
        new CreatePacket(spec),
        new CreditShare(9, 2_000, 1, 30, 4),
        new ReturnRest(9, 1_001, 1, 30),
        new CreditLeg(8, LedgerTransfer.Kind.TRANSFER, 1, 10, 20, 1, 30, 40, 2),
        new TellLeg(8, 1, 1, 2, 3));
  }

  @ParameterizedTest
  @MethodSource("transfers")
  void changesWithEachField(Transfer transfer) throws Exception {
    List<Object> altered = new ArrayList<>();
    for (Object copy : alterations((Record) transfer)) {
      assertNotEquals(transfer.digest(), ((Transfer) copy).digest(), () -> copy.toString());
      altered.add(copy);
    }

    assertTrue(altered.size() >= transfer.getClass().getRecordComponents().length);
    assertEquals(altered.size(), altered.stream().distinct().count());
  }

  /** Copies of a record that differ in one field each, also in a field of a field. */
  private static List<Object> alterations(Record record) throws Exception {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      components[i].getAccessor().setAccessible(true);
      values[i] = components[i].getAccessor().invoke(record);
    }
    var constructor = record.getClass().getDeclaredConstructor(types);
    constructor.setAccessible(true);
    List<Object> copies = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      for (Object other : others(values[i])) {
        Object[] changed = values.clone();
        changed[i] = other;
        copies.add(constructor.newInstance(changed));
      }
    }
    return copies;
  }

  private static List<Object> others(Object value) throws Exception {
    return switch (value) {
      case Long number -> List.of(number + 1);
      case Integer number -> List.of(number + 1);
      case String text -> List.of(text + "!", "");
      case SenderNonce nonce -> List.of(SenderNonce.NONE, SenderNonce.ofBase64Url("AAED"));
      case Enum<?> one -> List.of(next(one));
      case Record part -> alterations(part);
      default -> throw new IllegalArgumentException(value.getClass().getName());
    };
  }

  // Which other constant does not matter.
  @SuppressWarnings("EnumOrdinal")
  private static Object next(Enum<?> one) {
    Object[] all = one.getDeclaringClass().getEnumConstants();
    return all[(one.ordinal() + 1) % all.length];
  }
}
