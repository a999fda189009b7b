// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in, as the second book knows it: devices, minted tokens, and which tokens open
 * doors.
 *
 * <p>The values never change; whoever changes one puts another in its place, so that a crash can
 * take it back.
 */
final class AuditedLogins {

  record Hash(long high, long low) {}

  /** A token that is let in: until when it says, and whether it was taken back. */
  record Door(long userId, long sessionId, long endsAtMs, long openedAt, long closedAt) {

    static final long OPEN = 0;

    boolean isOpen() {
      return closedAt == OPEN;
    }

    Door closed(long position) {
      return new Door(userId, sessionId, endsAtMs, openedAt, position);
    }
  }

  /** One person on one device. */
  record Device(
      long userId,
      long sessionId,
      int generation,
      Hash access,
      long accessEndsAtMs,
      @Nullable Hash accessBefore,
      long createdAtMs,
      long refreshedAtMs,
      long endsAtMs,
      String name,
      long at) {}

  /** A token that a key has minted. */
  record Minted(long userId, Hash hash, long endsAtMs, long at) {}

  final Map<Long, Map<Long, Device>> devices = new HashMap<>();
  final Map<Long, Map<Hash, Minted>> minted = new HashMap<>();
  final Map<Long, Map<Hash, Door>> doors = new HashMap<>();

  /** Where each login ended. */
  final Map<Long, Long> endedAt = new HashMap<>();

  /** Last change of anything of a user. */
  final Map<Long, Long> changedAt = new HashMap<>();

  Map<Long, Device> devicesOf(long userId) {
    return devices.computeIfAbsent(userId, id -> new HashMap<>());
  }

  @Nullable Device device(long userId, long sessionId) {
    return devicesOf(userId).get(sessionId);
  }

  Map<Hash, Minted> mintedOf(long userId) {
    return minted.computeIfAbsent(userId, id -> new HashMap<>());
  }

  Map<Hash, Door> doorsOf(long userId) {
    return doors.computeIfAbsent(userId, id -> new HashMap<>());
  }

  long changedAt(long userId) {
    return changedAt.getOrDefault(userId, 0L);
  }

  List<Door> openDoors() {
    return doors.values().stream()
        .flatMap(of -> of.values().stream())
        .filter(Door::isOpen)
        .toList();
  }
}
