// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "TLS".
package io.hongbao.tls;

/** Says in one sentence what is wrong with a certificate or a key; never quotes what they hold. */
public final class TlsException extends Exception {

  private static final long serialVersionUID = 1L;

  public TlsException(String sentence) {
    super(sentence);
  }
}
