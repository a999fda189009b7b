// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.Digest;
import io.hongbao.model.StateHash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How transfers find their way when links lose them, seen without any business. */
class TransferDeskTest {

  private static final PartitionSettings SETTINGS = PartitionHarness.settings();

  private record Parcel(long number) implements Transfer {
    @Override
    public int schemaId() {
      return 2;
    }

    @Override
    public int asset() {
      return 1;
    }

    @Override
    public long amountMinor() {
      return 1;
    }

    @Override
    public long digest() {
      return Digest.mix(Digest.start(1), number);
    }

    @Override
    public long wakes() {
      return 0;
    }
  }

  private final PartitionState state =
      PartitionState.empty(new EngineShape(1, 4), 0, true, List.of());
  private final List<TransferBatch> sent = new ArrayList<>();
  private final TransferDesk desk =
      new TransferDesk(
          state,
          SETTINGS,
          new PartitionLinks() {
            @Override
            public boolean send(TransferBatch batch) {
              return sent.add(batch);
            }

            @Override
            public boolean acknowledge(int source, int receiver, long upTo) {
              return true;
            }
          },
          1 << 20);

  private long nowMs = HandClock.START_MS;

  private void add(int destination) {
    Outbox outbox = state.parts().outbox();
    outbox.add(destination, new Parcel(outbox.toward(destination).last() + 1), 1);
  }

  private List<TransferBatch> send() {
    sent.clear();
    desk.send(1, nowMs);
    return List.copyOf(sent);
  }

  @Test
  void sendsEachTransferOnceWhileWordsCome() {
    add(1);
    assertEquals(1, send().size());
    nowMs += SETTINGS.resendMs() - 1;

    assertTrue(send().isEmpty());
    desk.told(1, 1, nowMs);
    nowMs += SETTINGS.resendMs();

    assertTrue(send().isEmpty());
  }

  @Test
  void sendsAgainWhatNobodySpeaksOf() {
    add(1);
    add(1);
    send();
    desk.told(1, 1, nowMs);
    nowMs += SETTINGS.resendMs();

    List<TransferBatch> again = send();

    assertEquals(2, again.getFirst().firstNumber());
    assertEquals(1, again.getFirst().transfers().size());
  }

  @Test
  void doesNotSendAFreshTransferTwiceBecauseAnOldSilenceIsLong() {
    nowMs += 100 * SETTINGS.resendMs();
    send();
    add(1);

    assertEquals(1, send().size());
    assertTrue(send().isEmpty());
  }

  // A batch toward partition 1 was dropped while there was a lively traffic toward partition 2. As
  // long as words came from there, nothing was ever sent again to partition 1, and everything after
  // the gap was refused there.
  @Test
  void aLivelyNeighbourDoesNotKeepALostBatchFromBeingSentAgain() {
    add(1);
    send();
    boolean sentAgain = false;
    for (int i = 1; i <= 10; i++) {
      nowMs += SETTINGS.resendMs() / 4;
      add(2);
      for (TransferBatch batch : send()) {
        sentAgain |= batch.destination() == 1;
      }
      desk.told(2, i, nowMs);
    }

    assertTrue(sentAgain);
  }

  @Test
  void theStateHashKnowsNothingOfWords() {
    add(1);
    StateHash hash = state.parts().stateHash();
    long before = hash.value();

    send();
    desk.told(1, 1, nowMs);

    assertEquals(before, hash.value());
  }
}
