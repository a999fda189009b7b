// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Heard;
import io.hongbao.engine.TestLinks;
import io.hongbao.person.PersonAnswer.HandleKept;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.GiveLogin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Many edges at once that want the same few names, over links that lose, double and reorder, in a
 * process that is killed again and again; then calm, and a count.
 *
 * <p>An edge is a small machine: claim, wait, use or drop or forget. It acts on what it heard only,
 * and what it never heard it never acts on, as the real one.
 */
final class HandleStorm {

  private static final int PARTITIONS = 5;
  private static final int NAMES = 4;
  private static final int USERS = 7;
  private static final long FIRST_NEW = 50_000;

  private final long seed;
  private final Random random;
  private final PersonBench bench;
  private final List<Edge> edges = new ArrayList<>();
  private long nextUser = FIRST_NEW;

  /** What somebody was told he has, of those who get a name once: the last word about each. */
  private final Map<Long, String> toldName = new HashMap<>();

  HandleStorm(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
    this.bench = new PersonBench(PARTITIONS, seed);
  }

  /** One request under way. */
  private final class Edge {

    private final HandleKind kind;
    private final String text;
    private final long userId;
    private final HandleHash hash;
    private final HandleHash phone;
    private final boolean isNew;
    private final Heard claim;
    private @Nullable Heard phoneClaim;
    private @Nullable Heard use;

    Edge(HandleKind kind, String text, long userId) {
      this.kind = kind;
      this.text = text;
      this.userId = userId;
      this.hash = kind == HandleKind.NAME ? PersonBench.name(text) : PersonBench.external(text);
      this.phone = PersonBench.phone(text);
      this.isNew = kind == HandleKind.NAME && userId >= FIRST_NEW;
      this.claim = submit(new ClaimHandle(kind, hash, userId));
      if (isNew) {
        phoneClaim = submit(new ClaimHandle(HandleKind.PHONE, phone, userId));
      }
    }

    /** Goes on when it has heard; true when it is done. */
    boolean goOn() {
      if (use != null) {
        if (!use.isSilent() && use.holds(PersonShown.class) && isNew) {
          toldName.put(userId, text);
        }
        return !use.isSilent();
      }
      if (claim.isSilent() || (phoneClaim != null && phoneClaim.isSilent())) {
        return false;
      }
      boolean isGranted =
          claim.holds(HandleKept.class)
              && (phoneClaim == null || phoneClaim.holds(HandleKept.class));
      if (isGranted && random.nextInt(10) < 8) {
        use = submit(isNew ? registration() : change());
        return false;
      }
      // Some edges tidy up, some die.
      if (random.nextBoolean()) {
        drop(claim, hash);
        if (phoneClaim != null) {
          drop(phoneClaim, phone);
        }
      }
      return true;
    }

    private PersonCommand registration() {
      return PersonBench.registration(
          userId, text, granted(claim, hash), text, granted(phoneClaim, phone));
    }

    private PersonCommand change() {
      if (kind == HandleKind.NAME) {
        return new GiveLogin(userId, text, granted(claim, hash), PersonBench.PASSWORD_HASH);
      }
      return new ChangeProfile(userId, text, granted(claim, hash), null, null, null);
    }

    private void drop(Heard heard, HandleHash which) {
      if (heard.holds(HandleKept.class)) {
        submit(new DropClaim(which, userId, heard.as(HandleKept.class).untilMs()));
      }
    }

    private Claim granted(Heard heard, HandleHash which) {
      return new Claim(which, heard.as(HandleKept.class).untilMs());
    }
  }

  private Heard submit(PersonCommand command) {
    return bench.harness.submit(bench.partitionOf(command), command);
  }

  void rage(TestLinks.Faults faults, int steps) {
    bench.harness.links().faults(faults);
    for (int i = 0; i < steps; i++) {
      int dice = random.nextInt(100);
      if (dice < 10) {
        edges.add(new Edge(HandleKind.NAME, "n" + random.nextInt(NAMES), nextUser++));
      } else if (dice < 18) {
        long userId = 10_000L + random.nextInt(USERS);
        edges.add(new Edge(HandleKind.NAME, "n" + random.nextInt(NAMES), userId));
      } else if (dice < 30) {
        long userId = 10_000L + random.nextInt(USERS);
        edges.add(new Edge(HandleKind.EXTERNAL_ID, "x" + random.nextInt(NAMES), userId));
      } else if (dice < 94) {
        bench.harness.step();
        bench.harness.clock().advance(random.nextInt(3_000));
      } else if (dice < 97) {
        crash();
      } else {
        bench.harness.restartFromSnapshots();
        edges.clear();
      }
      edges.removeIf(Edge::goOn);
    }
  }

  // Whoever was under way dies with the process.
  private void crash() {
    edges.clear();
    bench.harness.crash();
  }

  void calm() {
    edges.clear();
    bench.harness.links().faults(TestLinks.Faults.NONE);
    bench.harness.settleTransfers();
    for (int i = 0; i < 3; i++) {
      bench.harness.advance(PersonLimits.CLAIM_MS + PersonLimits.QUESTION_AFTER_MS + 1);
      bench.harness.settleTransfers();
    }
  }

  void check() {
    Map<HandleHash, Long> owners = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      bench
          .state(partition)
          .forEachPerson(
              person -> {
                for (HandleHash hash :
                    List.of(person.nameHash(), person.phoneHash(), person.externalHash())) {
                  if (!hash.isNone()) {
                    Long other = owners.put(hash, person.userId());
                    assertEquals(null, other, "two owners of a handle, seed " + seed);
                  }
                }
              });
    }
    int[] handles = new int[1];
    for (int partition = 0; partition < PARTITIONS; partition++) {
      bench
          .state(partition)
          .forEachHandle(
              handle -> {
                handles[0]++;
                assertTrue(handle.isOwned() && !handle.isClaimed(), "at rest, seed " + seed);
                assertEquals(owners.get(handle.hash()), handle.userId(), "owner, seed " + seed);
              });
    }
    assertEquals(owners.size(), handles[0], "every handle has its place, seed " + seed);
    toldName.forEach(
        (userId, name) -> {
          Person person = bench.person(userId);
          assertNotNull(person, "who was told so exists, seed " + seed);
          assertEquals(name, person.userName());
        });
    for (int i = 0; i < NAMES; i++) {
      HandleHash hash = PersonBench.name("n" + i);
      boolean isFree = !owners.containsKey(hash);
      assertEquals(
          isFree,
          bench.claim(HandleKind.NAME, hash, 99_999).holds(HandleKept.class),
          "a name without an owner can be had, seed " + seed);
    }
    bench.checkAll();
  }
}
