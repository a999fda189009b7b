// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hongbao.account.AccountEvent;
import io.hongbao.config.AssetSettings;
import io.hongbao.engine.Event;
import io.hongbao.feed.EnvelopeWriter.Stamped;
import io.hongbao.feed.EventCatalog;
import io.hongbao.feed.EventType;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.FeedPlace;
import io.hongbao.http.AssetTable;
import io.hongbao.http.ContractCheck;
import io.hongbao.http.EventJson;
import io.hongbao.person.PersonEvent;
import io.hongbao.redpacket.PacketState;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.RedPacketEvent.PacketClosed;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.room.RoomEvent;
import io.hongbao.sandbox.SandboxEvent;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/**
 * One event of each kind, made from its record's components, whether or not any scenario brings it:
 * what is shown fits the contract, and nothing that is called a secret is in it.
 */
class EventShapesTest {

  /** Roots of the families that show something. */
  private static final List<Class<? extends Event>> ROOTS =
      List.of(
          RedPacketEvent.class,
          AccountEvent.class,
          RoomEvent.class,
          SandboxEvent.class,
          PersonEvent.class);

  private static final Pattern SECRET =
      Pattern.compile("hash|secret|seed|claim|password|phone|word", Pattern.CASE_INSENSITIVE);
  private static final long PACKET_ID = 1_204_540_170_000_042_317L;
  private static final long TIME_MS = 1_771_243_200_000L;
  private static final long SECRET_WORD = 0x5ec5_e75e_c5e7_1234L;
  private static final String SECRET_TEXT = "this-is-secret";

  private final EventCatalog catalog = new EventCatalog(FeedRuntime.families());
  private final ContractCheck contract = ContractCheck.load();
  private final EventJson writer =
      new EventJson(
          new AssetTable(
              new AssetSettings(List.of(new AssetSettings.Asset("CNY", 1, 2, Long.MAX_VALUE)))));

  @Test
  void everyShownTypeFitsTheContractAndHoldsNoSecret() throws Exception {
    JsonObject types =
        contract
            .document()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("Event")
            .getJsonObject("x-event-types");
    Set<String> seen = new TreeSet<>();
    Set<String> faults = new TreeSet<>();
    for (Class<?> kind : kinds()) {
      Event event = (Event) make(kind);
      FamilyFeed family = familyOf(event);
      EventType type = typeOf(family, event);
      if (type == null) {
        continue;
      }
      seen.add(type.name());
      byte[] bytes =
          writer.write(
              new Stamped(FeedPlace.before(64), type, family.subjectId(event), 0, 1, 2, 3, TIME_MS),
              family,
              event);
      JsonObject json = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
      JsonObject data = types.getJsonObject(type.name()).getJsonObject("data");
      contract
          .schemaFaults(data, json.getJsonObject("data"))
          .forEach(fault -> faults.add(type.name() + ": " + fault));
      if (!(event instanceof PacketClosed)) {
        assertNoSecret(type.name(), json.encode());
      }
    }

    assertEquals(Set.of(), faults);
    assertEquals(new TreeSet<>(types.fieldNames()), seen, "types that were looked at");
  }

  private static void assertNoSecret(String type, String text) {
    String hex = Long.toHexString(SECRET_WORD);
    for (String form : List.of(SECRET_TEXT, hex, Long.toString(SECRET_WORD))) {
      assertFalse(text.contains(form), () -> type + " holds a secret: " + text);
    }
  }

  private static List<Class<?>> kinds() {
    List<Class<?>> kinds = new ArrayList<>();
    for (Class<?> root : ROOTS) {
      collect(root, kinds);
    }
    return kinds;
  }

  private static void collect(Class<?> type, List<Class<?>> kinds) {
    if (type.isRecord()) {
      kinds.add(type);
    } else {
      for (Class<?> each : type.getPermittedSubclasses()) {
        collect(each, kinds);
      }
    }
  }

  private FamilyFeed familyOf(Event event) {
    for (FamilyFeed family : FeedRuntime.families()) {
      try {
        family.codec().encode(event, new ExpandableArrayBuffer(), 0);
        return family;
      } catch (ClassCastException | IllegalArgumentException another) {
        continue;
      }
    }
    throw new AssertionError("no family for " + event.getClass());
  }

  private EventType typeOf(FamilyFeed family, Event event) {
    ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    family.codec().encode(event, buffer, 0);
    int template = buffer.getShort(2, java.nio.ByteOrder.LITTLE_ENDIAN) & 0xffff;
    return catalog.type(family.codec().schemaId(), template);
  }

  private static Object make(Class<?> record) throws ReflectiveOperationException {
    RecordComponent[] parts = record.getRecordComponents();
    Class<?>[] types = new Class<?>[parts.length];
    Object[] values = new Object[parts.length];
    for (int i = 0; i < parts.length; i++) {
      types[i] = parts[i].getType();
      values[i] = value(parts[i].getName(), types[i], parts[i].getGenericType());
    }
    var constructor = record.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  private static Object value(String name, Class<?> type, Type generic)
      throws ReflectiveOperationException {
    boolean isSecret = SECRET.matcher(name).find();
    if (type == long.class) {
      return isSecret ? SECRET_WORD : number(name);
    }
    if (type == int.class) {
      return name.equals("asset") ? 1 : name.equals("reasonNumber") ? 404 : 2;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == String.class) {
      return isSecret ? SECRET_TEXT : name.equals("metadata") ? "name\nvalue\n" : "dragon-2026";
    }
    if (type == SenderNonce.class) {
      return SenderNonce.ofBytes(new byte[] {1, 2, 3});
    }
    if (type == PacketState.class) {
      return PacketState.EMPTY;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (List.class.isAssignableFrom(type)) {
      assertEquals("java.util.List<java.lang.Long>", generic.getTypeName());
      return List.of(10_001L, 10_002L);
    }
    if (Map.class.isAssignableFrom(type)) {
      return Map.of();
    }
    return make(type);
  }

  private static long number(String name) {
    if (name.equals("packetId")) {
      return PACKET_ID;
    }
    if (name.endsWith("Ms")) {
      return TIME_MS;
    }
    // Lower bounds are not above zero.
    return name.startsWith("lower") ? -5 : 10_001;
  }
}
