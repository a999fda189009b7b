// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.session.LoginAnswer.AllShown;
import io.hongbao.session.LoginAnswer.Closed;
import io.hongbao.session.LoginAnswer.Pair;
import io.hongbao.session.LoginAnswer.Shown;
import io.hongbao.session.Session;
import io.hongbao.session.SessionDirectory;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedLogins.Device;
import io.hongbao.sim.AuditedLogins.Door;
import io.hongbao.sim.AuditedLogins.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What answers about logins must show, and which tokens the process must let in. */
final class AuditedPairs {

  private AuditedPairs() {}

  static Told pair(AuditedLogins logins, long userId, long sessionId, boolean isRepeat) {
    Device device = logins.device(userId, sessionId);
    if (device == null) {
      throw new SimFailure("a pair of no login");
    }
    return new Told(
        answer -> {
          Pair pair = (Pair) answer;
          SimFailure.same(userId, pair.userId(), "user of a pair");
          SimFailure.same(sessionId, pair.sessionId(), "session of a pair");
          SimFailure.same(device.access(), hashOf(pair.accessToken()), "access token of a pair");
          SimFailure.same(device.accessEndsAtMs(), pair.accessExpiresAtMs(), "end of access");
          SimFailure.same(device.endsAtMs(), pair.refreshExpiresAtMs(), "end of a login");
          SimFailure.same(isRepeat, pair.isRepeat(), "whether the pair was given before");
          ByteBuffer place =
              ByteBuffer.wrap(Base64.getUrlDecoder().decode(pair.refreshToken().substring(4)));
          SimFailure.same(userId, place.getLong(), "user in a refresh token");
          SimFailure.same(sessionId, place.getLong(), "session in a refresh token");
          SimFailure.same(device.generation(), place.getInt(), "generation in a refresh token");
        },
        device.at());
  }

  private static Hash hashOf(String token) {
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.getBytes(StandardCharsets.US_ASCII)));
      return new Hash(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static Told closed(long count) {
    return new Told(
        answer -> SimFailure.same(count, (long) ((Closed) answer).count(), "logins closed"), 0);
  }

  static Told list(AuditedLogins logins, long userId) {
    List<Shown> expected =
        logins.devicesOf(userId).values().stream()
            .sorted(
                Comparator.comparingLong((Device device) -> -device.createdAtMs())
                    .thenComparingLong(Device::sessionId))
            .map(
                device ->
                    new Shown(
                        device.sessionId(),
                        device.name(),
                        device.createdAtMs(),
                        device.refreshedAtMs(),
                        device.endsAtMs()))
            .toList();
    return new Told(
        answer -> SimFailure.same(expected, ((AllShown) answer).logins(), "devices of a user"), 0);
  }

  /**
   * Somebody was told something: of all that rests on no later position the doors must be open or
   * shut by now. What is not durable opens nothing yet.
   */
  static void knock(
      AuditedLogins logins, long userId, SessionDirectory directory, long told, long durable) {
    Iterator<Map.Entry<Hash, Door>> doors = logins.doorsOf(userId).entrySet().iterator();
    while (doors.hasNext()) {
      Map.Entry<Hash, Door> one = doors.next();
      Door door = one.getValue();
      Session found = directory.find(one.getKey().high(), one.getKey().low(), 0);
      if (!door.isOpen() && door.closedAt() <= told) {
        SimFailure.require(found == null, "a token that was taken back lets somebody in");
        doors.remove();
      } else if (door.isOpen() && door.openedAt() <= told) {
        isRight(door, found);
      } else if (door.sessionId() != 0) {
        SimFailure.require(
            door.openedAt() <= durable || found == null, "a token is let in that a crash may undo");
      }
    }
  }

  private static void isRight(Door door, @Nullable Session found) {
    if (found == null) {
      throw new SimFailure("a token that was handed out lets nobody in: " + door);
    }
    SimFailure.same(door.userId(), found.userId(), "whom a token lets in");
    SimFailure.same(door.sessionId(), found.sessionId(), "session of a token");
    SimFailure.same(door.endsAtMs(), found.expiresAtMs(), "end of a token");
  }

  /** The process lets in exactly whom the book lets in; true when nothing is under way. */
  static void allDoors(AuditedPartition[] books, SessionDirectory directory) {
    int open = 0;
    for (AuditedPartition book : books) {
      for (Map<Hash, Door> doors : book.logins.doors.values()) {
        for (Map.Entry<Hash, Door> one : doors.entrySet()) {
          Session found = directory.find(one.getKey().high(), one.getKey().low(), 0);
          if (one.getValue().isOpen()) {
            isRight(one.getValue(), found);
            open++;
          } else {
            SimFailure.require(found == null, "a token that was taken back came back");
          }
        }
      }
    }
    SimFailure.same(open, directory.count(), "tokens that are let in");
  }
}
