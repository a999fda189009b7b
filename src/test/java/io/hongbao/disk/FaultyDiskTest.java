// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

class FaultyDiskTest extends DiskRules {

  @Override
  Disk disk() {
    return new FaultyDisk(1);
  }
}
