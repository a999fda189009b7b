// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

/** One of the crowd. */
record User(String id, String token) {

  @Override
  public String toString() {
    return "user " + id;
  }
}
