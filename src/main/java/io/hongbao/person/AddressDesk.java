// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Decision;
import io.hongbao.person.PersonAnswer.AddressShown;
import io.hongbao.person.PersonCommand.FailAddress;
import io.hongbao.person.PersonCommand.ReadAddress;
import io.hongbao.person.PersonEvent.AddressFailed;
import io.hongbao.person.PersonEvent.AddressesForgotten;
import org.jspecify.annotations.Nullable;

/**
 * Counts the failed logins of each network address until the day's end.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Limit:</b> {@link PersonLimits#addressesMax}; the address with the fewest failures, of
 * equals the one that failed longest ago, makes room for another.
 */
final class AddressDesk {

  private final People state;
  private final PersonLimits limits;

  AddressDesk(People state, PersonLimits limits) {
    this.state = state;
    this.limits = limits;
  }

  void read(ReadAddress command, Decision decision) {
    show(command.hash(), decision);
  }

  void fail(FailAddress command, Decision decision) {
    boolean isNew = state.address(command.hash()) == null;
    HandleHash dropped =
        isNew && state.addressCount() >= limits.addressesMax() ? weakest() : HandleHash.NONE;
    decision.emit(
        new AddressFailed(
            command.hash(), PersonRule.dayEndsMs(decision.nowMs(), limits.zone()), dropped));
    show(command.hash(), decision);
  }

  private void show(HandleHash hash, Decision decision) {
    FailedAddress address = state.address(hash);
    if (address == null || decision.nowMs() >= address.dayEndsMs()) {
      decision.answer(new AddressShown(false, 0));
      return;
    }
    decision.looked(address.position());
    decision.answer(
        new AddressShown(address.count() >= limits.failuresPerAddressMax(), address.dayEndsMs()));
  }

  // A walk over all, and only when the table is full: who gets here has failed at a hash that
  // costs a thousand times as much.
  private HandleHash weakest() {
    Weakest weakest = new Weakest();
    state.forEachAddress(weakest::look);
    return weakest.found == null ? HandleHash.NONE : weakest.found.hash();
  }

  private static final class Weakest {

    private @Nullable FailedAddress found;

    void look(FailedAddress one) {
      if (found == null
          || one.count() < found.count()
          || (one.count() == found.count() && one.position() < found.position())) {
        found = one;
      }
    }
  }

  /** A day is over. */
  void dayTimer(long dayEndsMs, Decision decision) {
    if (state.addressCount() > 0 && dayEndsMs <= decision.nowMs()) {
      decision.emit(new AddressesForgotten(dayEndsMs));
    }
  }
}
