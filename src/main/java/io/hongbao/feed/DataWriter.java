// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import java.util.List;

/**
 * Takes the fields of one event's {@code data}, in the forms that the contract has for them.
 *
 * <p><b>Thread:</b> one reader's.
 */
public interface DataWriter {

  DataWriter id(String name, long id);

  DataWriter ids(String name, List<Long> ids);

  DataWriter text(String name, String text);

  DataWriter number(String name, long number);

  DataWriter flag(String name, boolean flag);

  DataWriter time(String name, long epochMs);

  /**
   * An amount with its asset.
   *
   * @param asset number of the asset in the journal
   */
  DataWriter money(String name, int asset, long amountMinor);

  /** The code of an asset by its number. */
  DataWriter asset(String name, int asset);

  /** Begins an object in a field. */
  DataWriter begin(String name);

  /** Ends what was begun last: an object of a field or of a list. */
  DataWriter end();

  /** Begins a list of objects in a field; each begins with {@link #beginItem}. */
  DataWriter beginList(String name);

  DataWriter beginItem();

  DataWriter endList();

  /** A text that is left out when it is empty. */
  default DataWriter textIfAny(String name, String text) {
    return text.isEmpty() ? this : text(name, text);
  }

  /** An id that is left out when it is 0. */
  default DataWriter idIfAny(String name, long id) {
    return id == 0 ? this : id(name, id);
  }
}
