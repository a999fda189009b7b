// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.http;

import io.hongbao.engine.Acted;
import io.hongbao.engine.Actor;
import io.hongbao.engine.Command;
import io.hongbao.model.RefusalCode;
import io.vertx.core.http.HttpMethod;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is, what they call, and why: all that the audit wants to know.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class Caller {

  private final Principal principal;
  private final @Nullable Route route;
  private String cause;

  private Caller(Principal principal, @Nullable Route route, String cause) {
    this.principal = principal;
    this.route = route;
    this.cause = cause;
  }

  /** Before anybody is let in, and on public routes for ever. */
  static Caller nobody() {
    return new Caller(Principal.ANYONE, null, "");
  }

  static Caller of(Principal principal, Route route, Call call) throws BadRequestException {
    String cause = principal.isKey() ? Cause.parse(call.header(Cause.HEADER)) : "";
    return new Caller(principal, route, cause);
  }

  Principal principal() {
    return principal;
  }

  /**
   * Asks an operator for a cause; a backend needs none.
   *
   * @param otherwise what the body says of it, which does as well; may be empty
   */
  void needCause(String otherwise) throws BadRequestException {
    if (cause.isEmpty()) {
      cause = otherwise;
    }
    if (cause.isBlank() && isOperator()) {
      throw new BadRequestException(
          RefusalCode.MALFORMED_REQUEST,
          "The header " + Cause.HEADER + " is missing: it says why, for the audit.");
    }
  }

  /** A command that is journaled with what it changes, if the route says so. */
  Command audited(Command command) {
    if (route == null || !route.access().audits(principal)) {
      return command;
    }
    return new Acted(
        command, new Actor(principal.keyId(), principal.name(), route.operation(), cause));
  }

  /** Tells that what an operator wanted to change was refused. */
  void refused(RefusalCode code, KeyWatch watch) {
    if (route != null && isOperator() && !route.method().equals(HttpMethod.GET)) {
      watch.refused(principal, route, code);
    }
  }

  private boolean isOperator() {
    return principal.isKey() && principal.keyRole().isOperator();
  }
}
