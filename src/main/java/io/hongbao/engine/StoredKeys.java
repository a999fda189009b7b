// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Idempotency".
package io.hongbao.engine;

import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import io.hongbao.model.StateHash;

/**
 * The idempotency keys of the users of one partition, each with its stored answer.
 *
 * <p>An open-addressed table in primitive columns (56 bytes a place) and a ring of the keys in the
 * order of their age, so that the oldest are dropped first.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class StoredKeys {

  static final int NONE = -1;

  private static final int DIGEST_TAG = 7;

  private final StateHash stateHash;
  private Columns table = new Columns(64);
  private long[] ring = new long[128];
  private int ringHead;
  private int count;

  StoredKeys(StateHash stateHash) {
    this.stateHash = stateHash;
  }

  /** Hash, body hash, answer code (0 = accepted), result id, time, position. */
  private static final class Columns {
    final long[] high;
    final long[] low;
    final long[] body;
    final int[] code;
    final long[] result;
    final long[] timeMs;
    final long[] position;

    Columns(int capacity) {
      high = new long[capacity];
      low = new long[capacity];
      body = new long[capacity];
      code = new int[capacity];
      result = new long[capacity];
      timeMs = new long[capacity];
      position = new long[capacity];
    }

    int mask() {
      return high.length - 1;
    }

    int home(long keyHigh) {
      // The key is a SHA-256 prefix: its bits are spread already.
      return (int) (keyHigh >>> 20) & mask();
    }

    int find(long keyHigh, long keyLow) {
      int at = home(keyHigh);
      while (position[at] != 0) {
        if (high[at] == keyHigh && low[at] == keyLow) {
          return at;
        }
        at = at + 1 & mask();
      }
      return NONE;
    }

    int put(long h, long l, long b, int c, long r, long t, long p) {
      int at = home(h);
      while (position[at] != 0) {
        at = at + 1 & mask();
      }
      high[at] = h;
      low[at] = l;
      body[at] = b;
      code[at] = c;
      result[at] = r;
      timeMs[at] = t;
      position[at] = p;
      return at;
    }

    // Closes the gap by moving back every later entry of the run that may stand there, so that no
    // tombstones are needed.
    void remove(int at) {
      int gap = at;
      int next = gap + 1 & mask();
      while (position[next] != 0) {
        int home = home(high[next]);
        if ((next - home & mask()) >= (next - gap & mask())) {
          copy(next, gap);
          gap = next;
        }
        next = next + 1 & mask();
      }
      position[gap] = 0;
    }

    private void copy(int from, int to) {
      high[to] = high[from];
      low[to] = low[from];
      body[to] = body[from];
      code[to] = code[from];
      result[to] = result[from];
      timeMs[to] = timeMs[from];
      position[to] = position[from];
    }
  }

  int count() {
    return count;
  }

  /** Place of the key, or {@link #NONE}; valid until the next change. */
  int find(long high, long low) {
    return table.find(high, low);
  }

  long bodyHash(int at) {
    return table.body[at];
  }

  int answerCode(int at) {
    return table.code[at];
  }

  long resultId(int at) {
    return table.result[at];
  }

  /** When it was stored. */
  long timeMs(int at) {
    return table.timeMs[at];
  }

  long position(int at) {
    return table.position[at];
  }

  /** Time of the oldest key; {@link Long#MAX_VALUE} when there is none. */
  long oldestMs() {
    if (count == 0) {
      return Long.MAX_VALUE;
    }
    int at = table.find(ring[2 * ringHead], ring[2 * ringHead + 1]);
    return table.timeMs[at];
  }

  /** How many of the oldest keys are older than that, up to a bound. */
  int countOlderThan(long limitMs, int countMax) {
    int found = 0;
    while (found < countMax && found < count) {
      int from = ringHead + found & ring.length / 2 - 1;
      if (table.timeMs[table.find(ring[2 * from], ring[2 * from + 1])] >= limitMs) {
        break;
      }
      found++;
    }
    return found;
  }

  void add(long high, long low, long body, int code, long result, long timeMs, long position) {
    Check.that(find(high, low) == NONE, "idempotency key stored twice");
    Check.atLeast(position, 1, "position of a key");
    if ((count + 1) * 3L > (table.mask() + 1) * 2L) {
      grow();
    }
    int at = table.put(high, low, body, code, result, timeMs, position);
    stateHash.add(digest(at));
    int places = ring.length / 2;
    int tail = ringHead + count & places - 1;
    ring[2 * tail] = high;
    ring[2 * tail + 1] = low;
    count++;
  }

  /** Drops the oldest key. */
  void dropOldest() {
    Check.atLeast(count, 1, "stored keys");
    int at = table.find(ring[2 * ringHead], ring[2 * ringHead + 1]);
    stateHash.remove(digest(at));
    table.remove(at);
    ringHead = ringHead + 1 & ring.length / 2 - 1;
    count--;
  }

  /** Receives every key, oldest first. */
  interface Visitor {
    void key(long high, long low, long body, int code, long result, long timeMs, long position);
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < count; i++) {
      int from = ringHead + i & ring.length / 2 - 1;
      int at = table.find(ring[2 * from], ring[2 * from + 1]);
      visitor.key(
          table.high[at],
          table.low[at],
          table.body[at],
          table.code[at],
          table.result[at],
          table.timeMs[at],
          table.position[at]);
    }
  }

  private void grow() {
    Columns old = table;
    Columns grown = new Columns(2 * (old.mask() + 1));
    long[] grownRing = new long[2 * ring.length];
    for (int i = 0; i < count; i++) {
      int from = ringHead + i & ring.length / 2 - 1;
      grownRing[2 * i] = ring[2 * from];
      grownRing[2 * i + 1] = ring[2 * from + 1];
      int at = old.find(ring[2 * from], ring[2 * from + 1]);
      grown.put(
          old.high[at],
          old.low[at],
          old.body[at],
          old.code[at],
          old.result[at],
          old.timeMs[at],
          old.position[at]);
    }
    table = grown;
    ring = grownRing;
    ringHead = 0;
  }

  private long digest(int at) {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), table.high[at]);
    digest = Digest.mix(digest, table.low[at]);
    digest = Digest.mix(digest, table.body[at]);
    digest = Digest.mix(digest, table.code[at]);
    digest = Digest.mix(digest, table.result[at]);
    digest = Digest.mix(digest, table.timeMs[at]);
    return Digest.mix(digest, table.position[at]);
  }
}
