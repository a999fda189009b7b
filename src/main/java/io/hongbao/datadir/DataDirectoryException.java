// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import org.jspecify.annotations.Nullable;

/** Says in one sentence why the data directory cannot be used, and by that what to do. */
public final class DataDirectoryException extends Exception {

  private static final long serialVersionUID = 1L;

  public DataDirectoryException(String sentence) {
    super(sentence);
  }

  public DataDirectoryException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
