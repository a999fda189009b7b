// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.webhook.HookSecret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The signature that docs/GUIDE.md tells receivers to check, with the guide's own values. */
class HookSignerTest {

  private static final HookSecret SECRET =
      new HookSecret(
          0x0001020304050607L, 0x08090a0b0c0d0e0fL, 0x1011121314151617L, 0x18191a1b1c1d1e1fL);

  @Test
  void signsAsTheGuideSays() {
    byte[] body =
        "{\"id\":\"17:90412:0\",\"type\":\"red_packet.opened\"}".getBytes(StandardCharsets.UTF_8);

    assertEquals("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", SECRET.text());
    assertEquals(
        "3f104645a6976a8b9f97aded6ac46a80fe8000e4a520d4e88e1bfa989e5627e3",
        HookSigner.mac(SECRET, 1_771_243_200_000L, body));
  }
}
