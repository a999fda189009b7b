// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.datadir.DataDirectory;
import io.hongbao.datadir.ProcessMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The server of a data directory, seen from another process.
 *
 * @param process it, alive
 * @param ports where it is reached; nothing while it is starting
 */
record RunningProcess(ProcessHandle process, ProcessMark mark, Optional<PortsFile> ports) {

  /** Finds the server that serves the directory now; nothing when there is none. */
  static Optional<RunningProcess> of(Path dataDirectory) throws IOException {
    Optional<ProcessMark> mark = ProcessMark.read(dataDirectory.resolve(DataDirectory.PID_FILE));
    Optional<ProcessHandle> process = mark.flatMap(ProcessMark::process);
    if (process.isEmpty()) {
      return Optional.empty();
    }
    long pid = process.get().pid();
    return Optional.of(
        new RunningProcess(
            process.get(),
            mark.orElseThrow(),
            PortsFile.read(dataDirectory).filter(ports -> ports.pid() == pid)));
  }
}
