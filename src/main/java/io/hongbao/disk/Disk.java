// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import java.io.IOException;
import java.util.List;

/**
 * A directory tree of files, as the journal and the snapshots see it.
 *
 * <p><b>Names</b> are relative, with {@code /} between parts ("journal/0000000000000001.hbj").
 *
 * <p><b>Durability:</b> a created, renamed or deleted name survives a crash only after {@link
 * #forceDirectory}; content only after {@link DiskFile#force}.
 *
 * <p><b>Failure:</b> every method throws {@link IOException}; after a failed write or force the
 * content of that file is unknown and the caller must stop serving.
 */
public interface Disk {

  /** Makes a new file of exactly {@code sizeBytes} zero bytes, open for reading and writing. */
  DiskFile create(String name, long sizeBytes) throws IOException;

  /** Opens an existing file for reading and writing. */
  DiskFile open(String name) throws IOException;

  /** Opens an existing file for reading only. */
  DiskFile openForRead(String name) throws IOException;

  boolean exists(String name) throws IOException;

  /** Names of the files directly inside the directory, sorted; empty if there is none. */
  List<String> list(String directory) throws IOException;

  /** Replaces {@code to} by {@code from} in one step. */
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  /** Makes the directory itself (its names) durable; creates it when missing. */
  void forceDirectory(String directory) throws IOException;
}
