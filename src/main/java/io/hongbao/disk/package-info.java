// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
/**
 * The only door to files for everything that must be replayable: journal, snapshots, archive.
 *
 * <p>{@link io.hongbao.disk.Disk} has one production form over the file system and, in tests and
 * the simulator, one in memory that tears, reorders and loses what was not forced. Code above this
 * package never opens a file itself.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.disk;
