// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hongbao.account.AccountAnswer.OwnerShown;
import io.hongbao.account.AccountCommand.ChangeMetadata;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.ReadOwner;
import io.hongbao.account.AccountEvent.MetadataChanged;
import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedAnswers.Told;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The small texts that operators keep beside accounts and transfers, in the second book. */
final class AuditedOwners {

  private static final int ENTRIES_MAX = 20;
  private static final int NAME_MAX = 40;
  private static final int VALUE_MAX = 200;
  private static final int BYTES_MAX = 4_096;
  private static final int REFERENCE_MAX = 64;

  /** What is kept beside one owner's accounts; never changed, so that a crash can put it back. */
  record Texts(Map<String, String> entries, long at) {}

  private static final Texts NOTHING = new Texts(Map.of(), 0);

  /** By owner; whoever had texts once stays, also when none is left. */
  final Map<Long, Texts> texts = new HashMap<>();

  private Texts of(long ownerId) {
    return texts.getOrDefault(ownerId, NOTHING);
  }

  static Foretold foretell(AuditedPartition book, ChangeMetadata c) {
    if (c.set().size() > ENTRIES_MAX || c.removed().size() > ENTRIES_MAX) {
      return Foretold.refusal(RefusalCode.MALFORMED_REQUEST, 0);
    }
    Texts before = book.owners.of(c.ownerId());
    Map<String, String> after = wanted(before, c);
    boolean isOneMore = before.at() == 0 && book.owners.texts.size() >= SimOptions.PROFILES_MAX;
    if (isOneMore || !isPossible(after)) {
      return Foretold.refusal(RefusalCode.METADATA_LIMIT, before.at());
    }
    return Foretold.changeIf(!after.equals(before.entries()), 0, before.at());
  }

  private static Map<String, String> wanted(Texts before, ChangeMetadata c) {
    Map<String, String> after = new TreeMap<>(before.entries());
    after.putAll(c.set());
    c.removed().forEach(after::remove);
    return after;
  }

  static boolean isPossible(Map<String, String> entries) {
    if (entries.size() > ENTRIES_MAX) {
      return false;
    }
    int bytes = 0;
    for (Map.Entry<String, String> one : entries.entrySet()) {
      String name = one.getKey();
      String value = one.getValue();
      bytes += name.getBytes(UTF_8).length + value.getBytes(UTF_8).length + 2;
      if (name.isEmpty()
          || name.length() > NAME_MAX
          || value.codePoints().count() > VALUE_MAX
          || (name + value).chars().anyMatch(c -> c < ' ' || (c > 126 && c < 160))) {
        return false;
      }
    }
    return bytes <= BYTES_MAX;
  }

  /** Whether what a transfer says beside its legs is too much. */
  static boolean isTooMuch(Note note) {
    return note.reference().length() > REFERENCE_MAX
        || note.reason().codePoints().count() > SimOptions.TEXT_MAX
        || !isPossible(note.metadata().entries());
  }

  /** The entries one after the other, by name, as the journal has them. */
  static String line(Map<String, String> entries) {
    StringBuilder line = new StringBuilder();
    new TreeMap<>(entries)
        .forEach((name, value) -> line.append(name).append('\n').append(value).append('\n'));
    return line.toString();
  }

  static void applied(AuditedPartition book, MetadataChanged e, AuditContext context, long at) {
    if (!(context.command instanceof ChangeMetadata c)) {
      throw new SimFailure("texts that nobody changed");
    }
    Map<String, String> now = wanted(book.owners.of(c.ownerId()), c);
    SimFailure.same(
        new MetadataChanged(c.ownerId(), line(now), c.operator()), e, "texts of an owner");
    book.put(book.owners.texts, c.ownerId(), new Texts(Map.copyOf(now), at), at);
  }

  static Told told(AuditedPartition book, ChangeMetadata c) {
    return shown(book, c.ownerId(), List.of());
  }

  static Told told(AuditedPartition book, ReadOwner c) {
    return shown(book, c.ownerId(), c.assets());
  }

  // Texts and wallets stand in one answer.
  private static Told shown(AuditedPartition book, long ownerId, List<Integer> assets) {
    Texts own = book.owners.of(ownerId);
    Told wallets = AuditedLimits.shown(book, ownerId, assets);
    return new Told(
        answer -> {
          OwnerShown shown = (OwnerShown) answer;
          SimFailure.same(own.entries(), shown.metadata().entries(), "texts of owner " + ownerId);
          SimFailure.same(own.at(), shown.position(), "last change of texts");
          wallets.check().accept(answer);
        },
        Math.max(own.at(), wallets.restsOn()));
  }
}
