// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/** Who gave a setting its value; a later constant overrules an earlier one. */
public enum Source {
  /** The catalogue. */
  DEFAULT,
  /** The configuration file. */
  FILE,
  /** A variable of the environment. */
  ENVIRONMENT,
  /** A flag of the command line. */
  FLAG,
  /** What was fixed when the data directory was created, or made for it. */
  DATA_DIRECTORY
}
