// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
/**
 * The journal: framed records in segment files, one writer thread, group commit, readers, archive.
 *
 * <p>Knows partitions and sequences, but no event: a record's payload is opaque here. Opens files
 * through {@link io.hongbao.disk.Disk} only; reads the clock through what it is given only. The
 * byte layout is described in docs/JOURNAL-FORMAT.md.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.engine.journal;
