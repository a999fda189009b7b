// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.provider.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.provider.sms.CodeBook.Issue;
import io.hongbao.time.SeededRandomness;
import org.junit.jupiter.api.Test;

/** Codes are good once, for a while, for one purpose, and not to be had at will. */
class LocalCodeBookTest {

  private static final String PHONE = "+8613800000001";
  private static final String HOME = "home";
  private static final LocalCodeBook.Limits LIMITS =
      new LocalCodeBook.Limits(300_000, 60_000, 3, 4, 6, 5);

  private final LocalCodeBook book = new LocalCodeBook(LIMITS, new SeededRandomness(7));
  private long nowMs = 1_000_000;

  private String issue(String phone) {
    return ((Issue.Issued) book.issue(phone, CodePurpose.LOGIN, HOME, nowMs)).code();
  }

  private boolean redeem(String code) {
    return book.redeem(PHONE, CodePurpose.LOGIN, code, nowMs);
  }

  private static String other(String code) {
    return code.equals("000000") ? "000001" : "000000";
  }

  @Test
  void aCodeHasSixDigitsAndIsGoodOnce() {
    String code = issue(PHONE);

    assertTrue(code.matches("[0-9]{6}"));
    assertTrue(redeem(code));
    assertFalse(redeem(code));
  }

  @Test
  void aCodeEnds() {
    String code = issue(PHONE);

    nowMs += LIMITS.lifeMs();

    assertFalse(redeem(code));
  }

  @Test
  void aCodeIsForOnePurposeAndOnePhone() {
    String code = issue(PHONE);

    assertFalse(book.redeem(PHONE, CodePurpose.RESET, code, nowMs));
    assertFalse(book.redeem("+8613800000002", CodePurpose.LOGIN, code, nowMs));
    assertTrue(redeem(code));
  }

  @Test
  void wrongCodesKillTheRightOne() {
    String code = issue(PHONE);

    for (int i = 0; i < LIMITS.attemptsMax(); i++) {
      assertFalse(redeem(other(code)));
    }

    assertFalse(redeem(code));
  }

  @Test
  void theNextCodeHasToWaitAndReplacesTheOneBefore() {
    String first = issue(PHONE);
    nowMs += 10_000;

    Issue.TooSoon soon = (Issue.TooSoon) book.issue(PHONE, CodePurpose.REGISTER, HOME, nowMs);

    assertEquals(nowMs + 50_000, soon.nextAtMs());
    nowMs += 50_000;
    String second = issue(PHONE);
    assertFalse(!first.equals(second) && redeem(first));
    assertTrue(redeem(second));
  }

  @Test
  void aPhoneGetsSoManyADay() {
    for (int i = 0; i < LIMITS.perPhoneDayMax(); i++) {
      issue(PHONE);
      nowMs += LIMITS.resendAfterMs();
    }

    assertTrue(book.issue(PHONE, CodePurpose.LOGIN, HOME, nowMs) instanceof Issue.TooSoon);
    nowMs += 86_400_000;
    issue(PHONE);
  }

  @Test
  void anAddressGetsSoManyAnHour() {
    LocalCodeBook.Limits wide = new LocalCodeBook.Limits(1, 1, 1, 100, 6, 100);
    LocalCodeBook many = new LocalCodeBook(wide, new SeededRandomness(7));
    for (int i = 0; i < wide.perAddressHourMax(); i++) {
      assertTrue(many.issue("+" + i, CodePurpose.LOGIN, HOME, nowMs) instanceof Issue.Issued);
    }

    assertTrue(many.issue("+99", CodePurpose.LOGIN, HOME, nowMs) instanceof Issue.TooSoon);
    assertTrue(many.issue("+99", CodePurpose.LOGIN, "else", nowMs) instanceof Issue.Issued);
  }

  @Test
  void whatWasNotSentIsWorthNothing() {
    String code = issue(PHONE);

    book.withdraw(PHONE);

    assertFalse(redeem(code));
    assertFalse(redeem(""));
  }

  @Test
  void thePhoneThatAskedLongestAgoMakesRoom() {
    String first = issue(PHONE);
    for (int i = 0; i < LIMITS.phonesMax(); i++) {
      book.issue("+2" + i, CodePurpose.LOGIN, "a" + i, nowMs);
    }

    assertEquals(LIMITS.phonesMax(), book.size());
    assertFalse(redeem(first));
  }
}
