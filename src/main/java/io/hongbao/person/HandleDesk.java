// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Decision;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonAnswer.Done;
import io.hongbao.person.PersonAnswer.HandleFound;
import io.hongbao.person.PersonAnswer.HandleKept;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.FindHandle;
import io.hongbao.person.PersonEvent.ClaimProlonged;
import io.hongbao.person.PersonEvent.ClaimQuestioned;
import io.hongbao.person.PersonEvent.HandleClaimed;
import io.hongbao.person.PersonEvent.HandleConfirmed;
import io.hongbao.person.PersonEvent.HandleReleased;
import io.hongbao.person.PersonTransfer.ConfirmHandle;
import io.hongbao.person.PersonTransfer.PutOffClaim;
import io.hongbao.person.PersonTransfer.ReleaseHandle;

/**
 * Keeps names, phones and external ids unique although their users live elsewhere.
 *
 * <p>A claim keeps a handle for one user. Only his partition ends it: by a transfer that says it is
 * his, or, asked when the deadline is over, that it never will be. So a crash at any point leaves
 * neither a handle that nobody can have nor one that two have.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class HandleDesk {

  private static final long RETRY_MS = 1_000;

  private final People state;

  HandleDesk(People state) {
    this.state = state;
  }

  void claim(ClaimHandle command, Decision decision) {
    Handle handle = state.handleAt(command.hash());
    if (handle != null) {
      decision.looked(handle.position());
    }
    RefusalCode objection = PersonRule.judge(command, handle);
    if (objection != null) {
      decision.refuse(objection);
      return;
    }
    // One claim at a time: of two of the same user the older could be used when the newer is over,
    // and what it stands for already be somebody else's.
    boolean isClaimed = handle != null && handle.isClaimed();
    if (isClaimed || !decision.hasOutboxRoom(state.partitionOf(command.userId()), false)) {
      decision.refuse(RefusalCode.OVERLOADED, RETRY_MS);
      return;
    }
    long untilMs = PersonRule.claimUntilMs(handle, decision.nowMs());
    decision.emit(new HandleClaimed(command.hash(), command.userId(), untilMs));
    decision.answer(new HandleKept(untilMs));
  }

  void drop(DropClaim command, Decision decision) {
    Handle handle = state.handleAt(command.hash());
    boolean isThere =
        handle != null
            && handle.hash().equals(command.hash())
            && handle.userId() == command.userId()
            && handle.isClaimed()
            && handle.untilMs() == command.untilMs();
    if (isThere) {
      decision.emit(new HandleReleased(command.hash(), command.userId(), command.untilMs()));
    }
    decision.answer(new Done(isThere));
  }

  void find(FindHandle command, Decision decision) {
    Handle handle = state.handleAt(command.hash());
    if (handle == null || !handle.hash().equals(command.hash())) {
      // That it is nobody's may rest on a word that is not durable yet.
      decision.lookedAtEverything();
      decision.answer(new HandleFound(0));
      return;
    }
    decision.looked(handle.position());
    decision.answer(new HandleFound(handle.userId()));
  }

  /** A claim's deadline may be over: asks the user's partition. */
  void claimTimer(long hashHigh, Decision decision) {
    Handle handle = state.handleAt(new HandleHash(hashHigh, 0));
    if (handle == null
        || !handle.isClaimed()
        || decision.nowMs() < handle.untilMs() + PersonLimits.QUESTION_AFTER_MS) {
      return;
    }
    if (decision.hasOutboxRoom(state.partitionOf(handle.userId()), true)) {
      decision.emit(new ClaimQuestioned(handle.hash(), handle.userId(), handle.untilMs()));
    } else {
      decision.timer(decision.nowMs() + RETRY_MS, PersonApplier.TIMER_CLAIM, hashHigh);
    }
  }

  void receive(ConfirmHandle t, Decision decision) {
    decision.emit(new HandleConfirmed(t.hash(), t.userId(), t.untilMs()));
  }

  void receive(ReleaseHandle t, Decision decision) {
    decision.emit(new HandleReleased(t.hash(), t.userId(), t.untilMs()));
  }

  void receive(PutOffClaim t, Decision decision) {
    decision.emit(new ClaimProlonged(t.hash(), t.userId(), t.untilMs()));
  }
}
