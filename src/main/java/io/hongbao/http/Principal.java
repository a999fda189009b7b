// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyRole;
import io.hongbao.apikey.Scope;
import io.hongbao.model.Check;
import org.jspecify.annotations.Nullable;

/**
 * Whose request it is; immutable.
 *
 * @param role of the key; null unless it is a key's
 * @param scopes of the key; 0 unless it is a key's
 * @param name of the key, for the audit; empty unless it is a key's
 * @param keyId {@link ApiKey#ROOT_ID} for the key file, and without a meaning unless it is a key's
 * @param userId for whom the request acts; {@link #NO_USER} when for nobody
 * @param hashHigh first 8 bytes of the secret's SHA-256, by which the bearer can be found again
 * @param hashLow the 8 bytes after them
 */
record Principal(
    Kind kind,
    @Nullable KeyRole role,
    long scopes,
    long keyId,
    String name,
    long userId,
    long hashHigh,
    long hashLow) {

  static final long NO_USER = 0;

  /** Stands in the audit for the key file of the data directory. */
  static final String ROOT_NAME = "root";

  enum Kind {
    /** On public routes nobody is asked. */
    ANYONE,
    /** A person with a token. */
    USER,
    /** A backend or an operator with a key. */
    KEY
  }

  static final Principal ANYONE = new Principal(Kind.ANYONE, null, 0, 0, "", NO_USER, 0, 0);

  static Principal ofUser(long userId, long hashHigh, long hashLow) {
    return new Principal(Kind.USER, null, 0, 0, "", userId, hashHigh, hashLow);
  }

  static Principal ofKey(ApiKey key, long hashHigh, long hashLow) {
    return new Principal(
        Kind.KEY, key.role(), key.scopes(), key.keyId(), key.name(), NO_USER, hashHigh, hashLow);
  }

  /** The key file: it is always there and may do all that an admin may. */
  static Principal ofRoot(long hashHigh, long hashLow) {
    return new Principal(
        Kind.KEY, KeyRole.ADMIN, Scope.ALL, ApiKey.ROOT_ID, ROOT_NAME, NO_USER, hashHigh, hashLow);
  }

  /** The same key, acting for a user. */
  Principal actingFor(long user) {
    return new Principal(kind, role, scopes, keyId, name, user, hashHigh, hashLow);
  }

  boolean isKey() {
    return kind == Kind.KEY;
  }

  /** The key's role; only of keys. */
  KeyRole keyRole() {
    return Check.present(role, "role of a key");
  }

  /** The key as the audit and the log name it. */
  String keyName() {
    return keyName(keyId);
  }

  static String keyName(long keyId) {
    return keyId == ApiKey.ROOT_ID ? ROOT_NAME : Long.toString(keyId);
  }
}
