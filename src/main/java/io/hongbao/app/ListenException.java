// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import java.io.IOException;

/** Says that a port cannot be had, and which setting chooses another. */
public final class ListenException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String area;
  private final String host;
  private final int port;

  /**
   * @param area the settings' concern: {@code http} for {@code http.host} and {@code http.port}
   */
  public ListenException(String area, String host, int port, Throwable cause) {
    super("cannot listen on " + host + ":" + port, cause);
    this.area = area;
    this.host = host;
    this.port = port;
  }

  /** One sentence with the remedy. */
  public String sentence() {
    String said = String.valueOf(getCause());
    if (said.contains("Permission denied")) {
      return "port %d needs rights that this user does not have; choose another with --%s.port"
          .formatted(port, area);
    }
    if (said.contains("assign requested address") || said.contains("Unresolved")) {
      return "%s is no address of this machine; choose another with --%s.host"
          .formatted(host, area);
    }
    return "port %d is taken; choose another with --%s.port".formatted(port, area);
  }
}
