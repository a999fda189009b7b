// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

/**
 * What a user shows of himself; empty texts are absent.
 *
 * @param externalId what the customer's backend calls him
 */
public record Profile(String externalId, String nickname, String avatarUrl, String city) {

  public static final Profile EMPTY = new Profile("", "", "", "");
}
