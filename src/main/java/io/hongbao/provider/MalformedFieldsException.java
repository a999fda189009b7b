// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider;

/** Says which field of something that came from outside is not what its format describes. */
public final class MalformedFieldsException extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedFieldsException(String what) {
    super(what);
  }
}
