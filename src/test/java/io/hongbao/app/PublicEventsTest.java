// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.AssetSettings;
import io.hongbao.engine.Event;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.EventCursor;
import io.hongbao.export.ManualTime;
import io.hongbao.export.RecordSource;
import io.hongbao.feed.EventCatalog;
import io.hongbao.feed.EventType;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.Feed;
import io.hongbao.feed.FeedLimits;
import io.hongbao.feed.FeedPage;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.PageSize;
import io.hongbao.feed.PublicEvent;
import io.hongbao.feed.Template;
import io.hongbao.http.AssetTable;
import io.hongbao.http.ContractCheck;
import io.hongbao.http.EventJson;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.RedPacketEvent;
import io.hongbao.redpacket.draw.DrawSeed;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Walks every kind of event that there is, as the golden scenario makes it, through the public
 * feed: whether each is shown or hidden on purpose, fits the contract, and gives no secret away.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublicEventsTest {

  private static final Path SCHEMAS = Path.of("src/main/resources/sbe");
  private static final Pattern SECRET =
      Pattern.compile("hash|secret|seed|claim|password|phone", Pattern.CASE_INSENSITIVE);
  private static final PageSize ALL = new PageSize(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final EventCatalog catalog = new EventCatalog(FeedRuntime.families());
  private final ContractCheck contract = ContractCheck.load();
  private final List<PublicEvent> shown = new ArrayList<>();
  private final List<String> recordsShown = new ArrayList<>();
  // Written form of each secret, and the record from which on it is none.
  private final Map<String, Integer> secrets = new HashMap<>();
  private final Map<Long, PacketSpec> packets = new HashMap<>();
  private final List<String> journaled = new ArrayList<>();
  // Types of the families that take part in the scenario.
  private final Set<String> lived = new TreeSet<>();

  @BeforeAll
  void live(@TempDir Path directory) throws Exception {
    GoldenJournal.write(directory.resolve("golden"));
    Set<Integer> schemas = new TreeSet<>();
    new GoldenScenario()
        .harness()
        .state(0)
        .families()
        .forEach(family -> schemas.add(family.codec().schemaId()));
    for (FamilyFeed family : FeedRuntime.families()) {
      for (Template template : family.templates()) {
        if (template instanceof Template.Shown it && schemas.contains(family.codec().schemaId())) {
          lived.add(it.name());
        }
      }
    }
    try (var disk = new io.hongbao.disk.FileDisk(directory.resolve("golden"));
        var journal = GoldenJournal.open(disk, new long[1])) {
      RecordSource source =
          RecordSource.of(journal, GoldenScenario.PARTITIONS, journal::firstLogPosition);
      findSecrets(source);
      AssetTable assets = new AssetTable(assets());
      Feed feed =
          new Feed(
              source,
              FeedRuntime::families,
              () -> new EventJson(assets),
              FeedLimits.DEFAULT,
              Runnable::run,
              new ManualTime());
      FeedPlace place = FeedPlace.START;
      FeedPage page;
      do {
        page = feed.fromFiles(place, catalog.everything(), ALL).get();
        shown.addAll(page.events());
        place = page.next();
      } while (!page.isAtEnd());
    }
  }

  private static AssetSettings assets() {
    return new AssetSettings(List.of(new AssetSettings.Asset("CNY", 1, 2, Long.MAX_VALUE)));
  }

  private void findSecrets(RecordSource source) throws Exception {
    Map<Integer, FamilyFeed> families = new HashMap<>();
    FeedRuntime.families().forEach(f -> families.put(f.codec().schemaId(), f));
    EventCursor events = new EventCursor();
    try (JournalReader reader = source.readFrom(0)) {
      while (reader.next()) {
        events.wrap(reader.buffer(), reader.offset(), reader.lengthBytes());
        while (events.next()) {
          String id = reader.partition() + ":" + reader.sequence() + ":" + events.index();
          EventType type = catalog.type(events.schemaId(), events.templateId());
          if (type != null) {
            recordsShown.add(id + " " + type.name());
          }
          FamilyFeed family = families.get(events.schemaId());
          Event event =
              family.codec().decode(events.buffer(), events.offset(), events.lengthBytes());
          journaled.add(id);
          remember(event);
        }
      }
    }
  }

  private void remember(Event event) {
    switch (event) {
      case RedPacketEvent.PacketSent e -> remember(e.spec());
      case RedPacketEvent.OrderPaid e -> remember(e.spec());
      // The scenario's partitions are written in turns, so this may come before the packet.
      case RedPacketEvent.PacketClosed e -> secrets.put(e.seed().hex(), journaled.size() - 1);
      default -> {}
    }
    hideParts((Record) event);
  }

  // Whatever a family calls so must not come out, also in families that come later.
  private void hideParts(Record whole) {
    for (RecordComponent part : whole.getClass().getRecordComponents()) {
      Object value;
      try {
        part.getAccessor().setAccessible(true);
        value = part.getAccessor().invoke(whole);
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
      boolean isSecret = SECRET.matcher(part.getName()).find();
      switch (value) {
        case DrawSeed seed -> {}
        case Long word when isSecret && word != 0 -> hide(bytes(word));
        case String text when isSecret && !text.isEmpty() -> secrets.put(text, Integer.MAX_VALUE);
        case byte[] secret when isSecret -> hide(secret);
        case Record inner -> hideParts(inner);
        case null, default -> {}
      }
    }
  }

  private void remember(PacketSpec spec) {
    packets.put(spec.packetId(), spec);
    secrets.putIfAbsent(spec.seed().hex(), Integer.MAX_VALUE);
    byte[] claim =
        ByteBuffer.allocate(16).putLong(spec.claimHigh()).putLong(spec.claimLow()).array();
    hide(claim);
    hide(bytes(spec.seed().word0()));
  }

  private static byte[] bytes(long word) {
    return ByteBuffer.allocate(8).putLong(word).array();
  }

  // A seed's first word is not among what closing makes public in this form.
  private void hide(byte[] secret) {
    if (secret.length > 8) {
      secrets.put(HexFormat.of().formatHex(secret), Integer.MAX_VALUE);
    }
    secrets.put(Base64.getUrlEncoder().withoutPadding().encodeToString(secret), Integer.MAX_VALUE);
    long word = ByteBuffer.wrap(secret).getLong();
    // A short number stands for many things.
    if (Long.toString(word).length() > 8) {
      secrets.put(Long.toString(word), Integer.MAX_VALUE);
      secrets.put(Long.toUnsignedString(word), Integer.MAX_VALUE);
    }
  }

  @Test
  void everyTemplateIsShownOrHiddenForAReason() throws Exception {
    Set<String> forgotten = new TreeSet<>();
    Set<Integer> schemas = new TreeSet<>();
    try (var files = java.nio.file.Files.list(SCHEMAS)) {
      for (Path file : files.filter(f -> f.toString().endsWith("-events.xml")).toList()) {
        Element root =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
        int schema = Integer.parseInt(root.getAttribute("id"));
        schemas.add(schema);
        NodeList messages = root.getElementsByTagName("sbe:message");
        for (int i = 0; i < messages.getLength(); i++) {
          Element message = (Element) messages.item(i);
          int template = Integer.parseInt(message.getAttribute("id"));
          String reason = catalog.reasonToHide(schema, template);
          if (catalog.type(schema, template) == null && (reason == null || reason.isBlank())) {
            forgotten.add(schema + "/" + template + " " + message.getAttribute("name"));
          }
        }
      }
    }

    assertEquals(
        Set.of(),
        forgotten,
        "Messages that are neither shown nor hidden for a reason: add a line to the family's class"
            + " in io.hongbao.feed.type, and the family to FeedRuntime.families");
    Set<Integer> known = new TreeSet<>();
    FeedRuntime.families().forEach(family -> known.add(family.codec().schemaId()));
    assertEquals(schemas, known);
  }

  @Test
  void namesAreWellFormedAndBelongToTheirSubject() {
    for (FamilyFeed family : FeedRuntime.families()) {
      for (Template template : family.templates()) {
        if (template instanceof Template.Shown it) {
          assertTrue(it.name().matches("[a-z][a-z_]*\\.[a-z][a-z_]*"), it.name());
          assertTrue(it.subjectKind().matches("[a-z][a-z_]*"), it.name());
        }
      }
    }
  }

  @Test
  void showsWhatTheJournalHoldsInItsOrderAndNothingElse() {
    List<String> seen = new ArrayList<>();
    FeedPlace before = FeedPlace.START;
    for (PublicEvent event : shown) {
      seen.add(event.id() + " " + event.type().name());
      JsonObject json = json(event);
      assertEquals(event.id(), json.getString("id"));
      assertEquals(event.place(), FeedPlace.parse(json.getString("cursor")));
      assertTrue(
          event.place().logPosition() > before.logPosition()
              || event.place().passed() > before.passed(),
          "places grow");
      before = event.place();
    }

    assertEquals(recordsShown, seen);
  }

  @Test
  void everyTypeOccursAndFitsTheContract() {
    JsonObject types =
        contract
            .document()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("Event")
            .getJsonObject("x-event-types");
    assertEquals(
        new TreeSet<>(catalog.types().stream().map(EventType::name).toList()),
        new TreeSet<>(types.fieldNames()),
        "types of the code and of x-event-types in openapi.yaml");

    Set<String> seen = new TreeSet<>();
    Set<String> faults = new TreeSet<>();
    for (PublicEvent event : shown) {
      JsonObject json = json(event);
      seen.add(event.type().name());
      faults.addAll(contract.schemaFaults(ref("Event"), json));
      JsonObject data = types.getJsonObject(event.type().name()).getJsonObject("data");
      contract
          .schemaFaults(data, json.getJsonObject("data"))
          .forEach(fault -> faults.add(event.type().name() + ": " + fault));
    }

    assertEquals(Set.of(), faults);
    Set<String> missing = new TreeSet<>(lived);
    missing.removeAll(seen);
    assertEquals(Set.of(), missing, "types that the golden scenario does not bring");
  }

  @Test
  void givesNoSecretAway() {
    assertFalse(secrets.isEmpty());
    assertFalse(packets.isEmpty());
    for (PublicEvent event : shown) {
      String text = new String(event.json(), StandardCharsets.UTF_8);
      int at = journaled.indexOf(event.id());
      secrets.forEach(
          (secret, until) ->
              assertTrue(
                  at >= until || !text.contains(secret),
                  () -> "a secret of " + secret.length() + " characters stands in " + text));
    }
  }

  private static JsonObject ref(String schema) {
    return new JsonObject().put("$ref", "#/components/schemas/" + schema);
  }

  private static JsonObject json(PublicEvent event) {
    return new JsonObject(new String(event.json(), StandardCharsets.UTF_8));
  }
}
