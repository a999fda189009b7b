// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
/**
 * The directory that holds everything which must survive: who may use it, what is fixed in it, and
 * where its parts lie.
 *
 * <p>{@link io.hongbao.datadir.DataDirectory} creates it or opens it under a lock, verifies the
 * manifest against the configuration, and hands out the paths and the keys. What lies inside the
 * parts (journal, snapshots, read model) belongs to their own packages.
 *
 * <p>Blocking; used by the main thread at start and stop, and by the commands that work on a
 * stopped directory. Every failure is a {@link io.hongbao.datadir.DataDirectoryException} with one
 * sentence for a person. Imports {@code config}, {@code time} and {@code model}.
 */
@NullMarked
package io.hongbao.datadir;

import org.jspecify.annotations.NullMarked;
