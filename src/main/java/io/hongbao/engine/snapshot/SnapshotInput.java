// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.engine.snapshot;

/** Where state is read in the order in which {@link SnapshotOutput} took it. */
public interface SnapshotInput {

  int getByte();

  int getInt();

  long getLong();

  byte[] getBytes();

  String getText();
}
