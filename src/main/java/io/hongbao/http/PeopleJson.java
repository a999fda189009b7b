// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.Profile;
import io.hongbao.session.LoginAnswer.Pair;

/** People and tokens as answers show them. */
final class PeopleJson {

  private PeopleJson() {}

  /** The fields of a user; an object has been begun. */
  static void user(JsonWriter json, PersonShown person) {
    json.name("user_id").id(person.userId());
    text(json, "user_name", person.userName());
    text(json, "phone", person.phoneMasked());
    Profile profile = person.profile();
    text(json, "external_id", profile.externalId());
    text(json, "nickname", profile.nickname());
    text(json, "avatar_url", profile.avatarUrl());
    text(json, "city", profile.city());
    json.field("has_password", person.hasPassword());
    if (person.isKnown()) {
      json.name("created_at").time(person.createdAtMs());
    }
  }

  private static void text(JsonWriter json, String name, String text) {
    if (!text.isEmpty()) {
      json.field(name, text);
    }
  }

  /** The fields of a pair of tokens; an object has been begun. */
  static void pair(JsonWriter json, Pair pair) {
    json.name("session_id").id(pair.sessionId());
    json.field("access_token", pair.accessToken());
    json.name("access_expires_at").time(pair.accessExpiresAtMs());
    json.field("refresh_token", pair.refreshToken());
    json.name("refresh_expires_at").time(pair.refreshExpiresAtMs());
  }

  static void login(Exchange exchange, int status, Pair pair) {
    JsonWriter json = exchange.json().beginObject().name("user_id").id(pair.userId());
    pair(json, pair);
    json.endObject();
    exchange.reply(status, json);
  }

  static void count(Exchange exchange, String name, int count) {
    exchange.reply(200, exchange.json().beginObject().field(name, count).endObject());
  }
}
