// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;

/**
 * Says that a request is not what the contract describes; becomes a {@link Problem} at the edge.
 *
 * <p>Has no stack trace: hostile clients cause it at will, and it must cost little.
 */
public final class BadRequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final RefusalCode code;
  private final String detail;

  /**
   * Refuses a request.
   *
   * @param detail one sentence that names the field; must not repeat what the client sent
   */
  public BadRequestException(RefusalCode code, String detail) {
    super(detail, null, false, false);
    this.code = code;
    this.detail = detail;
  }

  public RefusalCode code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  static BadRequestException malformed(String path, String what) {
    return new BadRequestException(RefusalCode.MALFORMED_REQUEST, path + ": " + what);
  }
}
