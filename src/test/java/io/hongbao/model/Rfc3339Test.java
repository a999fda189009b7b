// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

  private static final DateTimeFormatter REFERENCE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Test
  void agreesWithJavaTimeAllOverItsRange() {
    long seed = 7;
    var random = new Random(seed);
    // Steps of 10 days on average over 10,000 years: every month of every year is met.
    long stepMsMax = 20 * 86_400_000L;
    int tried = 0;
    for (long ms = Rfc3339.MS_MIN; ms <= Rfc3339.MS_MAX; ms += 1 + random.nextLong(stepMsMax)) {
      String text = Rfc3339.format(ms);

      assertEquals(ms, Rfc3339.parseMs(text), text);
      if (tried++ % 97 == 0) {
        assertEquals(REFERENCE.format(Instant.ofEpochMilli(ms)), text, "seed " + seed);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z, 0",
    "1970-01-01T00:00:00.5Z, 500",
    "1970-01-01T00:00:00.05Z, 50",
    "1970-01-01T00:00:00.123999999Z, 123",
    "2000-02-29T00:00:00.000Z, 951782400000",
    "2026-02-16T12:00:00.000Z, 1771243200000",
    "0000-01-01T00:00:00.000Z, -62167219200000",
    "9999-12-31T23:59:59.999Z, 253402300799999",
  })
  void readsTimes(String text, long epochMs) {
    assertEquals(epochMs, Rfc3339.parseMs(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-02-16",
        "2026-02-16T12:00:00",
        "2026-02-16T12:00:00+00:00",
        "2026-02-16t12:00:00Z",
        "2026-02-16T12:00:00z",
        "2026-02-16 12:00:00Z",
        "2026-02-16T12:00:00.Z",
        "2026-02-16T12:00:00.1234567890Z",
        "2026-02-16T12:00:00,000Z",
        "2026-02-16T12:00:00.0-0Z",
        "2026-02-16T24:00:00Z",
        "2026-02-16T12:60:00Z",
        "2026-02-16T12:00:60Z",
        "2026-00-16T12:00:00Z",
        "2026-13-16T12:00:00Z",
        "2026-02-00T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "1900-02-29T12:00:00Z",
        "2026-04-31T12:00:00Z",
        "-026-02-16T12:00:00Z",
        "+026-02-16T12:00:00Z",
        "２０２６-02-16T12:00:00Z",
        "12026-02-16T12:00:00Z",
      })
  void refusesWhatIsNoTime(String text) {
    assertEquals(Rfc3339.NOT_A_TIME, Rfc3339.parseMs(text));
  }

  @Test
  void writesNoTimeThatFourDigitsOfYearCannotShow() {
    assertThrows(BrokenInvariantException.class, () -> Rfc3339.format(Rfc3339.MS_MAX + 1));
    assertThrows(BrokenInvariantException.class, () -> Rfc3339.format(Rfc3339.MS_MIN - 1));
  }
}
