// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.session.SessionAnswer;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes tokens for many users at once.
 *
 * <p><b>Durability:</b> every token is durable before the first is shown. Only hashes are kept; the
 * answer is the one place where the tokens stand.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class TokenMint {

  /** So that scanners of code and logs know one when they see it. */
  private static final String PREFIX = "hb_";

  private static final int SECRET_BYTES = 32;

  private final EdgeParts parts;
  private final MessageDigest digest = Hash128.sha256();

  TokenMint(EdgeParts parts) {
    this.parts = parts;
  }

  /** A user and the secret that acts for him. */
  record Minted(long userId, String token) {}

  /** What to do when all tokens are good. */
  interface Done {
    void all(List<Minted> tokens, long expiresAtMs) throws BadRequestException;
  }

  /** Mints one token for each user. */
  void mint(Exchange exchange, long[] userIds, long lifeMs, Done done) throws BadRequestException {
    long expiresAtMs = exchange.nowMs() + lifeMs;
    List<Minted> minted = new ArrayList<>(userIds.length);
    var byPartition = new TreeMap<Integer, List<NewToken>>();
    for (long userId : userIds) {
      byte[] secret = new byte[SECRET_BYTES];
      parts.randomness().nextBytes(secret);
      String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
      minted.add(new Minted(userId, token));
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.US_ASCII)));
      byPartition
          .computeIfAbsent(parts.shape().partitionOf(userId), partition -> new ArrayList<>())
          .add(new NewToken(userId, hash.getLong(), hash.getLong(), expiresAtMs));
    }
    List<Gather.Ask> asks = new ArrayList<>();
    byPartition.forEach((partition, tokens) -> addTo(asks, partition, tokens));
    Gather.all(exchange, asks, SessionAnswer.class, answers -> done.all(minted, expiresAtMs));
  }

  private static void addTo(List<Gather.Ask> asks, int partition, List<NewToken> tokens) {
    for (int from = 0; from < tokens.size(); from += MintTokens.COUNT_MAX) {
      int to = Math.min(tokens.size(), from + MintTokens.COUNT_MAX);
      asks.add(new Gather.Ask(partition, new MintTokens(tokens.subList(from, to))));
    }
  }

  static void write(JsonWriter json, List<Minted> tokens, long expiresAtMs) {
    json.beginObject().name("tokens").beginArray();
    for (Minted one : tokens) {
      json.beginObject().name("user_id").id(one.userId()).field("token", one.token());
      json.name("expires_at").time(expiresAtMs).endObject();
    }
    json.endArray().endObject();
  }
}
