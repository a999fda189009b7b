// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.provider.MalformedFieldsException;
import io.hongbao.provider.pay.NoticeVerdict.Genuine;
import io.hongbao.provider.pay.NoticeVerdict.Refused;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells a provider's notices from forged, replayed and broken ones.
 *
 * <p>Refusals are tried in this order: size of the body (malformed); header, signature, age
 * (forged); form of the body (malformed); name of the provider (mismatch). Nothing of the body is
 * read before its signature fits.
 *
 * <p><b>Thread:</b> any; immutable. Comparisons take the same time for every wrong signature.
 *
 * <p><b>Limit:</b> {@link #SECRETS_MAX} secrets may be valid at a time, so that a new one can be
 * brought in before the old one goes.
 */
public final class NoticeVerifier {

  /** How far a signature's time may lie from ours when nothing else is configured. */
  public static final long TOLERANCE_MS_DEFAULT = 5 * 60_000L;

  /** The present secret and those of one rotation in either direction. */
  public static final int SECRETS_MAX = 3;

  // One form only, so that a header has one meaning. 13 digits last until the year 2286.
  private static final Pattern HEADER =
      Pattern.compile("t=(?<time>[1-9][0-9]{0,12}),v1=(?<mac>[0-9a-f]{64})");

  private final String provider;
  private final List<SecretKeySpec> keys;
  private final long toleranceMs;

  public NoticeVerifier(String provider, List<byte[]> secrets, long toleranceMs) {
    Check.atLeast(secrets.size(), 1, "notice secrets");
    Check.atMost(secrets.size(), SECRETS_MAX, "notice secrets");
    this.provider = provider;
    this.keys = secrets.stream().map(NoticeSigner::key).toList();
    this.toleranceMs = toleranceMs;
  }

  /**
   * Judges one notice as it came in.
   *
   * @param header value of {@link NoticeSigner#HEADER}; null when the request had none
   * @param nowMs time of the receiver, epoch milliseconds
   */
  public NoticeVerdict verify(byte[] body, @Nullable String header, long nowMs) {
    if (body.length > PayNotice.BODY_BYTES_MAX) {
      return new Refused(RefusalCode.MALFORMED_REQUEST, "body is too large");
    }
    if (header == null) {
      return new Refused(RefusalCode.NOTICE_FORGED, "no signature");
    }
    Matcher parts = HEADER.matcher(header);
    if (!parts.matches()) {
      return new Refused(RefusalCode.NOTICE_FORGED, "signature header has another form");
    }
    String time = parts.group("time");
    if (!fits(time, HexFormat.of().parseHex(parts.group("mac")), body)) {
      return new Refused(RefusalCode.NOTICE_FORGED, "signature does not fit");
    }
    // Cannot overflow: the time has at most 13 digits and our own is of that size.
    if (Math.abs(nowMs - Long.parseLong(time)) > toleranceMs) {
      return new Refused(RefusalCode.NOTICE_FORGED, "signature is too old or from the future");
    }
    try {
      PayNotice notice = PayNotice.ofBody(body);
      return notice.provider().equals(provider)
          ? new Genuine(notice)
          : new Refused(RefusalCode.NOTICE_MISMATCH, "notice of another provider");
    } catch (MalformedFieldsException malformed) {
      return new Refused(RefusalCode.MALFORMED_REQUEST, String.valueOf(malformed.getMessage()));
    }
  }

  private boolean fits(String time, byte[] mac, byte[] body) {
    boolean fits = false;
    for (SecretKeySpec key : keys) {
      // No early end: which of the secrets fitted must not show in the time taken.
      fits |= MessageDigest.isEqual(NoticeSigner.mac(key, time, body), mac);
    }
    return fits;
  }
}
