// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.ledger.AccountKind;
import io.hongbao.model.Slot;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.sim.AuditedLimits.Limit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the auditor knows of one partition: plain maps, each entry with the position of its last
 * change, and how to take back what a crash takes back.
 */
final class AuditedPartition {

  static final int ASSETS = 3;

  static final class Wallet {
    final int asset;
    long balance;
    long held;
    long at;
    Limit limit = Limit.USUAL;

    Wallet(int asset) {
      this.asset = asset;
    }

    long available() {
      return balance - held + limit.credit();
    }

    /** Last change of its money or of its limits. */
    long lastAt() {
      return Math.max(at, limit.at());
    }
  }

  static final class Booking {
    long id;
    long userId;
    int asset;
    long amount;
    long balanceAfter;
    boolean isTopUp;
    boolean isReversed;
    long bookedAtMs;
    long at;
  }

  enum Held {
    HELD,
    POSTED,
    RELEASED
  }

  static final class HeldMoney {
    long id;
    long userId;
    int asset;
    long amount;
    long left;
    long posted;
    long late;
    boolean isExternal;
    long deadlineMs;
    Held state = Held.HELD;
    long closedAtMs;
    long at;
  }

  enum Stage {
    UNPAID,
    SENDING,
    CREATED,
    CANCELLED
  }

  static final class Order {
    long packetId;
    long senderId;
    @Nullable PacketTerms terms;
    Stage stage = Stage.SENDING;
    String provider = "";
    String paymentId = "";
    long payBeforeMs;
    long closedAtMs;
    long at;
  }

  static final class Stray {
    long refundId;
    long packetId;
    int asset;
    long amount;
    String paymentId = "";
    boolean isRefunded;
    long refundedAtMs;
    long at;
  }

  record Opened(int place, long userId, long amount, long atMs) {}

  enum Phase {
    OPEN,
    EMPTY,
    EXPIRED
  }

  static final class Packet {
    final PacketSpec spec;
    final List<Opened> shares = new ArrayList<>();
    final List<Boolean> credited = new ArrayList<>();
    final Map<Long, Long> reserved = new LinkedHashMap<>();
    Phase phase = Phase.OPEN;
    long left;
    long returned;
    long closedAtMs;
    int pending;
    long at;
    // Positions of opens, for the bound on those that are not yet told.
    final List<Long> opens = new ArrayList<>();
    long @Nullable [] fair;

    Packet(PacketSpec spec, long at) {
      this.spec = spec;
      this.left = spec.terms().totalMinor();
      this.at = at;
    }

    @Nullable Opened shareOf(long userId) {
      for (Opened share : shares) {
        if (share.userId() == userId) {
          return share;
        }
      }
      return null;
    }

    int leftCount() {
      return spec.terms().count() - shares.size();
    }

    long reservedUntil(long userId) {
      return reserved.getOrDefault(userId, 0L);
    }

    int liveReservations(long nowMs) {
      int live = 0;
      for (Map.Entry<Long, Long> one : reserved.entrySet()) {
        if (one.getValue() > nowMs && shareOf(one.getKey()) == null) {
          live++;
        }
      }
      return live;
    }

    /** Place of the largest share, the earlier of two equals. */
    int best() {
      int best = 0;
      for (Opened share : shares) {
        if (best == 0 || share.amount() > shares.get(best - 1).amount()) {
          best = share.place();
        }
      }
      return best;
    }
  }

  record KeyName(long high, long low) {}

  record Key(long body, int code, long resultId, long timeMs, long at) {}

  enum Cargo {
    CREATE,
    CREDIT,
    RETURN,
    LEG,
    TELL,
    SETTLE,
    CONFIRM,
    RELEASE,
    ASK,
    PUT_OFF
  }

  record Sent(Cargo cargo, long packetId, long userId, int asset, long amount, int place) {}

  final int number;
  final Undo undo = new Undo();
  final Map<Long, Wallet> wallets = new HashMap<>();
  final Map<Long, Booking> bookings = new HashMap<>();
  final Map<Long, HeldMoney> holds = new HashMap<>();
  final Map<Long, Order> orders = new HashMap<>();
  final Map<Long, Stray> strays = new HashMap<>();
  final Map<Long, Packet> packets = new HashMap<>();

  /** Orders that have left memory, as they were then. */
  final Map<Long, Order> pastOrders = new HashMap<>();

  /** Every payment that was ever taken as a stray one, by packet and name. */
  final Map<String, Long> strayNames = new HashMap<>();

  final AuditedLedger ledger = new AuditedLedger();
  final AuditedSuspense.Register suspense = new AuditedSuspense.Register();
  final AuditedLogins logins = new AuditedLogins();
  final AuditedFolk folk = new AuditedFolk();
  final AuditedApiKeys.Ring ring = new AuditedApiKeys.Ring();
  final AuditedOwners owners = new AuditedOwners();
  final AuditedHooks.Hooks hooks = new AuditedHooks.Hooks();
  final Map<KeyName, Key> keys = new HashMap<>();
  final List<List<Sent>> sent = new ArrayList<>();
  final int[] acknowledged;
  final int[] received;
  final long[] walletTotals = new long[8];
  final long[][] system = new long[AccountKind.values().length][ASSETS];

  /** Lines of the audit by the sequence of their record. */
  final Map<Long, AuditedLines.Line> lines = new HashMap<>();

  /** Packets that have left memory. */
  final java.util.Set<Long> evicted = new java.util.HashSet<>();

  /** State hash by position, since the last durable one. */
  final Map<Long, Long> hashes = new HashMap<>();

  /** Highest position on which something rests that somebody was told. */
  long promised;

  AuditedPartition(int number, int partitions) {
    this.number = number;
    this.acknowledged = new int[partitions];
    this.received = new int[partitions];
    for (int i = 0; i < partitions; i++) {
      sent.add(new ArrayList<>());
    }
  }

  /** Whether an account or an entity lives in this partition. */
  boolean isHere(long key) {
    return Slot.partition(key, sent.size()) == number;
  }

  Wallet wallet(long userId, int asset) {
    return wallets.computeIfAbsent(userId * 8 + asset, key -> new Wallet(asset));
  }

  <K, V> void put(Map<K, V> map, K key, V value, long at) {
    V before = map.put(key, value);
    undo.push(
        at,
        () -> {
          if (before == null) {
            map.remove(key);
          } else {
            map.put(key, before);
          }
        });
  }

  <K, V> void remove(Map<K, V> map, K key, long at) {
    V before = map.remove(key);
    if (before != null) {
      undo.push(at, () -> map.put(key, before));
    }
  }

  <V> void add(List<V> list, V value, long at) {
    list.add(value);
    undo.push(at, list::removeLast);
  }

  void moveWallet(Wallet wallet, long balanceBy, long heldBy, long at) {
    long balance = wallet.balance;
    long held = wallet.held;
    long before = wallet.at;
    undo.push(
        at,
        () -> {
          walletTotals[wallet.asset] -= wallet.balance - balance;
          wallet.balance = balance;
          wallet.held = held;
          wallet.at = before;
        });
    walletTotals[wallet.asset] += balanceBy;
    wallet.balance += balanceBy;
    wallet.held += heldBy;
    wallet.at = at;
    SimFailure.require(wallet.held >= 0, "held money is not negative");
    SimFailure.require(wallet.available() >= 0, "a wallet covers what it holds");
  }

  void moveSystem(AccountKind kind, int asset, long by, long at) {
    long[] row = system[kind.number()];
    row[asset] += by;
    undo.push(at, () -> row[asset] -= by);
  }

  void set(int[] counters, int index, int value, long at) {
    int before = counters[index];
    counters[index] = value;
    undo.push(at, () -> counters[index] = before);
  }

  /** Notes an entity's fields before they change; {@code restore} puts them back. */
  void before(long at, Runnable restore) {
    undo.push(at, restore);
  }
}
