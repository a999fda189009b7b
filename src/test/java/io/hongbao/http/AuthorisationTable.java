// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who may call what, and what they hear: the one place of this knowledge beside the routes.
 *
 * <p>A row: method, path with query, roles, scope, answer to those who are let in, and for things
 * that belong to somebody the answer to those to whom they do not belong. An operation that changes
 * something is called with an empty object, so that those who are let in hear 400 and nothing is
 * changed.
 */
final class AuthorisationTable {

  private static final String TABLE =
      """
      GET    /v1/assets                                                | public                        |                | 200                   |
      GET    /v1/time                                                  | public                        |                | 200                   |
      POST   /v1/auth/login                                            | public                        |                | 400 malformed_request |
      POST   /v1/auth/login-by-code                                    | public                        |                | 400 malformed_request |
      POST   /v1/auth/password-reset                                   | public                        |                | 400 malformed_request |
      POST   /v1/auth/refresh                                          | public                        |                | 400 malformed_request |
      POST   /v1/auth/sms-codes                                        | public                        |                | 400 malformed_request |
      GET    /v1/rooms/ws                                             | public                        |                | 400 malformed_request |
      GET    /v1/rooms/{room_id}/stream?x=1                           | public                        |                | 400 unknown_field     |
      POST   /v1/tickets                                              | user                          |                | 201                   |
      POST   /v1/auth/logout                                           | user                          |                | 200                   |
      POST   /v1/auth/logout-everywhere                                | user                          |                | 200                   |
      GET    /v1/users?external_id=x                                   | service,support,finance,admin | users:read     | 404 not_found         |
      POST   /v1/users                                                 | public                        |                | 400 malformed_request |
      GET    /v1/users/me                                              | user                          |                | 200                   |
      PATCH  /v1/users/me                                              | user                          |                | 200                   |
      POST   /v1/users/me/password                                     | user                          |                | 400 malformed_request |
      GET    /v1/users/me/sessions                                     | user                          |                | 200                   |
      DELETE /v1/users/me/sessions/{session_id}                        | user                          |                | 200                   | 404 not_found
      GET    /v1/users/{user_id}                                       | service,support,finance,admin | users:read     | 200                   |
      PUT    /v1/users/{user_id}                                       | service,admin                 | users:write    | 200                   |
      GET    /v1/accounts/me                                           | user,service                  | accounts:read  | 200                   |
      GET    /v1/accounts/me/statement?asset=CNY                       | user,service                  | accounts:read  | 200                   |
      GET    /v1/accounts/me/balance?asset=CNY                         | user,service                  | accounts:read  | 200                   |
      GET    /v1/accounts/me/statement/export?asset=CNY                | user,service                  | accounts:read  | 200                   |
      GET    /v1/accounts/{owner_id}                                   | service,support,finance,admin | accounts:read  | 200                   |
      GET    /v1/accounts/{owner_id}/balance?asset=CNY                 | service,support,finance,admin | accounts:read  | 200                   |
      GET    /v1/accounts/{owner_id}/statement?asset=CNY               | service,support,finance,admin | accounts:read  | 200                   |
      GET    /v1/accounts/{owner_id}/statement/export?asset=CNY        | service,support,finance,admin | accounts:read  | 200                   |
      GET    /v1/accounts/{owner_id}/transfers                         | service,support,finance,admin | accounts:read  | 200                   |
      POST   /v1/accounts/{owner_id}/limits                            | service,finance,admin         | accounts:write | 400 malformed_request |
      POST   /v1/accounts/{owner_id}/metadata?x=1                      | service,finance,admin         | accounts:write | 400 unknown_field     |
      POST   /v1/red-packets                                           | user,service                  | packets:send   | 400 malformed_request |
      GET    /v1/red-packets/sent                                      | user,service                  | packets:read   | 200                   |
      GET    /v1/red-packets/sent/summary                              | user,service                  | packets:read   | 200                   |
      GET    /v1/red-packets/received                                  | user,service                  | packets:read   | 200                   |
      GET    /v1/red-packets/received/summary                          | user,service                  | packets:read   | 200                   |
      POST   /v1/red-packets/opens                                     | service,gateway               | packets:open   | 400 malformed_request |
      GET    /v1/red-packets/{packet_id}                               | user,service                  | packets:read   | 200                   | 404 not_found
      GET    /v1/red-packets/{packet_id}/proof                         | user,service                  | packets:read   | 200                   | 404 not_found
      POST   /v1/red-packets/{packet_id}/open                          | user,service,gateway          | packets:open   | 200                   | 404 not_found
      POST   /v1/red-packets/{packet_id}/grab                          | user,service,gateway          | packets:open   | 200                   | 404 not_found
      GET    /v1/transfers?reference=x                                 | service,support,finance,admin | accounts:read  | 200                   |
      POST   /v1/transfers                                             | service,finance,admin         | accounts:write | 400 malformed_request |
      GET    /v1/transfers/{transfer_id}                               | service,support,finance,admin | accounts:read  | 200                   |
      POST   /v1/transfers/{transfer_id}/reversal?x=1                  | service,finance,admin         | accounts:write | 400 unknown_field     |
      GET    /v1/holds?state=asked                                     | service,support,finance,admin | accounts:read  | 200                   |
      POST   /v1/holds                                                 | service,finance,admin         | accounts:write | 400 malformed_request |
      GET    /v1/holds/{hold_id}                                       | service,support,finance,admin | accounts:read  | 200                   |
      POST   /v1/holds/{hold_id}/post?x=1                              | service,finance,admin         | accounts:write | 400 unknown_field     |
      POST   /v1/holds/{hold_id}/release?x=1                           | service,finance,admin         | accounts:write | 400 unknown_field     |
      POST   /v1/bulk                                                  | service,finance,admin         | accounts:write | 400 malformed_request |
      GET    /v1/events                                                | service,support,finance,admin | events:read    | 200                   |
      GET    /v1/webhooks                                              | service,support,finance,admin | webhooks:read  | 200                   |
      POST   /v1/webhooks                                              | service,admin                 | webhooks:write | 400 malformed_request |
      GET    /v1/webhooks/{webhook_id}                                 | service,support,finance,admin | webhooks:read  | 404 not_found         |
      PATCH  /v1/webhooks/{webhook_id}                                 | service,admin                 | webhooks:write | 400 malformed_request |
      DELETE /v1/webhooks/{webhook_id}?x=1                             | service,admin                 | webhooks:write | 400 unknown_field     |
      POST   /v1/webhooks/{webhook_id}/rotate                          | service,admin                 | webhooks:write | 404 not_found         |
      POST   /v1/webhooks/{webhook_id}/replay                          | service,admin                 | webhooks:write | 400 malformed_request |
      POST   /v1/webhooks/{webhook_id}/ping                            | service,admin                 | webhooks:write | 404 not_found         |
      POST   /v1/webhooks/{webhook_id}/deliver                         | service,admin                 | webhooks:write | 400 malformed_request |
      GET    /v1/webhooks/{webhook_id}/deliveries                      | service,support,finance,admin | webhooks:read  | 404 not_found         |
      POST   /v1/providers/{provider}/notices                          | public                        |                | 401 notice_forged     |
      POST   /v1/operator/tokens                                       | service,admin                 | tokens:write   | 400 malformed_request |
      POST   /v1/operator/tokens/revoke                                | service,admin                 | tokens:write   | 400 malformed_request |
      GET    /v1/operator/keys                                         | support,finance,admin         | keys:read      | 200                   |
      POST   /v1/operator/keys                                         | admin                         | keys:write     | 400 malformed_request |
      POST   /v1/operator/keys/{key_id}/rotate                         | admin                         | keys:write     | 200                   |
      DELETE /v1/operator/keys/{key_id}?x=1                            | admin                         | keys:write     | 400 unknown_field     |
      GET    /v1/operator/audit                                        | support,finance,admin         | audit:read     | 200                   |
      POST   /v1/operator/top-ups                                      | finance,admin                 | accounts:write | 400 malformed_request |
      POST   /v1/operator/reversals                                    | finance,admin                 | accounts:write | 400 malformed_request |
      GET    /v1/operator/accounts/{user_id}                           | service,support,finance,admin | accounts:read  | 200                   |
      POST   /v1/operator/holds                                        | finance,admin                 | accounts:write | 400 malformed_request |
      GET    /v1/operator/holds/{hold_id}?user_id={user_id}            | service,support,finance,admin | accounts:read  | 200                   | 404 hold_not_found
      POST   /v1/operator/holds/{hold_id}/post                         | finance,admin                 | accounts:write | 400 malformed_request |
      POST   /v1/operator/holds/{hold_id}/release                      | finance,admin                 | accounts:write | 400 malformed_request |
      POST   /v1/operator/rooms                                        | service,admin                 | rooms:write    | 400 malformed_request |
      GET    /v1/operator/rooms/{room_id}                              | service,support,finance,admin | rooms:read     | 200                   |
      POST   /v1/operator/rooms/{room_id}/members                      | service,admin                 | rooms:write    | 400 malformed_request |
      POST   /v1/operator/rooms/{room_id}/moderators                   | service,admin                 | rooms:write    | 400 malformed_request |
      POST   /v1/operator/rooms/{room_id}/followers                    | service,admin                 | rooms:write    | 400 malformed_request |
      GET    /v1/operator/chat-filter                                  | service,support,finance,admin | rooms:read     | 200                   |
      POST   /v1/operator/chat-filter                                  | service,admin                 | rooms:write    | 400 malformed_request |
      GET    /v1/rooms/{room_id}                                       | user,service                  | rooms:read     | 200                   | 404 room_not_found
      POST   /v1/rooms/{room_id}/danmaku                               | user,service                  | rooms:write    | 400 malformed_request |
      GET    /v1/rooms/{room_id}/danmaku                               | user,service                  | rooms:read     | 200                   | 404 room_not_found
      GET    /v1/rooms/{room_id}/danmaku/pages/{epoch}/{page}          | user,service                  | rooms:read     | 404 not_found         | 404 room_not_found
      DELETE /v1/rooms/{room_id}/danmaku/{seq}                         | user,service                  | rooms:write    | 404 not_found         | 404 room_not_found
      GET    /v1/rooms/{room_id}/waiting/{ticket_id}                   | user,service                  | rooms:read     | 404 not_found         | 404 not_found
      DELETE /v1/rooms/{room_id}/waiting/{ticket_id}                   | user,service                  | rooms:write    | 404 not_found         | 404 not_found
      POST   /v1/rooms/{room_id}/rules                                 | user,service                  | rooms:write    | 400 malformed_request |
      GET    /v1/rooms/{room_id}/sanctions                             | user,service                  | rooms:read     | 403 forbidden         | 404 room_not_found
      POST   /v1/rooms/{room_id}/sanctions                             | user,service                  | rooms:write    | 400 malformed_request |
      DELETE /v1/rooms/{room_id}/sanctions/{user_id}                   | user,service                  | rooms:write    | 403 forbidden         | 404 room_not_found
      POST   /v1/rooms/{room_id}/gifts                                 | service,admin                 | rooms:write    | 400 malformed_request |
      GET    /v1/operator/trial-balance                                | support,finance,admin         | books:read     | 200                   |
      GET    /v1/operator/suspense                                     | support,finance,admin         | books:read     | 200                   |
      POST   /v1/operator/suspense/{entry_id}/settle                   | finance,admin                 | accounts:write | 400 malformed_request |
      GET    /v1/operator/degradation                                  | support,finance,admin         | audit:read     | 200                   |
      PUT    /v1/operator/degradation                                  | admin                         | server:write   | 400 malformed_request |
      POST   /v1/operator/users/{user_id}/logout-everywhere            | service,admin                 | users:write    | 200                   |
      PUT    /v1/operator/users/{user_id}/login                        | admin                         | users:write    | 400 malformed_request |
      POST   /v1/operator/users/{user_id}/unblock                      | service,admin                 | users:write    | 200                   |
      GET    /v1/operator/metrics                                      | support,finance,admin         | audit:read     | 200                   |
      GET    /v1/play                                                  | public                        |                | 404 not_found         |
      POST   /v1/play/guests                                           | public                        |                | 400 malformed_request |
      GET    /v1/play/names?ids=10001                                  | user                          |                | 200                   |
      POST   /v1/play/ops-links                                        | admin                         | sandbox:write  | 400 malformed_request |
      POST   /v1/play/ops-links/redeem                                 | public                        |                | 400 malformed_request |
      POST   /v1/play/kill                                             | admin                         | sandbox:write  | 404 not_found         |
      GET    /v1/play/report                                           | support,finance,admin         | audit:read     | 200                   |
      PUT    /v1/play/report                                           | admin                         | sandbox:write  | 400 malformed_request |
      POST   /v1/sandbox/clock/advance                                 | admin                         | sandbox:write  | 400 malformed_request |
      POST   /v1/sandbox/users                                         | admin                         | sandbox:write  | 400 malformed_request |
      PUT    /v1/sandbox/providers/{provider}/script                   | admin                         | sandbox:write  | 200                   |
      GET    /v1/sandbox/sms-messages                                  | service,admin                 | sandbox:write  | 400 malformed_request |
      """;

  private AuthorisationTable() {}

  static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (String line : TABLE.lines().toList()) {
      String[] cells = line.split("\\|", -1);
      String[] call = cells[0].strip().split("\\s+");
      String[] target = call[1].split("\\?", 2);
      Row row =
          new Row(
              call[0],
              target[0],
              target.length == 1 ? "" : "?" + target[1],
              List.of(cells[1].strip().split(",")),
              cells[2].strip(),
              cells[3].strip(),
              cells[4].strip());
      rows.put(row.operation(), row);
    }
    return rows;
  }

  /**
   * What the table says of one operation.
   *
   * @param letIn answer to those who are let in, on what is theirs
   * @param foreign answer on what is not theirs; empty where nothing belongs to anybody
   */
  record Row(
      String method,
      String path,
      String queryForm,
      List<String> roles,
      String scope,
      String letIn,
      String foreign) {

    String operation() {
      return method + " " + path;
    }

    String permission() {
      return operation() + " " + String.join(",", roles) + (scope.isEmpty() ? "" : " " + scope);
    }

    boolean isPublic() {
      return roles.equals(List.of("public"));
    }

    boolean letsIn(Callers.Caller caller) {
      return isPublic()
          || (roles.contains(caller.role())
              && (caller.scope().isEmpty() || caller.scope().equals(scope)));
    }

    String expected(Callers.Caller caller) {
      if (letsIn(caller)) {
        return letIn;
      }
      return caller.role().isEmpty() ? "401 unauthenticated" : "403 forbidden";
    }

    /** The operation's security as the contract has to write it. */
    JsonArray security() {
      JsonArray security = new JsonArray();
      for (String role : roles) {
        boolean isUser = role.equals("user");
        JsonArray scopes = isUser ? new JsonArray() : new JsonArray().add(scope);
        security.add(new JsonObject().put(role + (isUser ? "Token" : "Key"), scopes));
      }
      return security;
    }

    String query(Map<String, String> values) {
      String query = queryForm;
      for (Map.Entry<String, String> value : values.entrySet()) {
        query = query.replace("{" + value.getKey() + "}", value.getValue());
      }
      return query;
    }

    @Nullable JsonObject body(Map<String, String> values) {
      return method.equals("GET") || method.equals("DELETE") ? null : new JsonObject();
    }
  }
}
