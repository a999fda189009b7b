// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

/** A part of the play. */
interface Chapter {

  String title(Stage stage);

  /**
   * Plays it; what is not as it must be goes to the stage's findings.
   *
   * @throws Exception when the play cannot go on
   */
  void play(Stage stage) throws Exception;
}
