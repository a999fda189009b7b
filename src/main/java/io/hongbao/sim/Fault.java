// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

/**
 * What can go wrong in a run; a run counts how often each did, so that nobody has to believe it.
 */
public enum Fault {
  CRASH,
  CRASH_IN_RECOVERY,
  PROCESS_ENDED,
  WRITE_ERROR,
  FSYNC_ERROR,
  DISK_FULL,
  DESCRIPTORS_USED_UP,
  BIT_ROT_FOUND,
  BIT_ROT_HARMLESS,
  TRANSFER_LOST,
  TRANSFER_DOUBLED,
  TRANSFER_LATE,
  MARK_LOST,
  MARK_LATE,
  LINK_FULL,
  CLOCK_STEPPED,
  CLOCK_BEHIND_AT_START,
  REPEAT_SAME_BODY,
  REPEAT_OTHER_BODY,
  KEY_FROM_THE_PAST,
  KEY_FROM_THE_FUTURE,
  NOTICE_LATE,
  NOTICE_DOUBLED,
  NOTICE_WRONG_AMOUNT,
  EXPORT_FAILED,
  EXPORT_UNHEARD,
  READ_MODEL_LOST,
  READ_OF_EVICTED,
  OVERLOADED,
  SNAPSHOT_FAILED
}
