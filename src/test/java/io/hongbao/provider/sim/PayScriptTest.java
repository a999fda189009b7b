// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.provider.MalformedFieldsException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayScriptTest {

  @Test
  void takesWhatIsMissingFromTheFaultlessScript() throws Exception {
    assertEquals(PayScript.FAULTLESS, parse("{}"));
    assertEquals(PayScript.FAULTLESS, PayScript.parse(PayScript.FAULTLESS.toJson()));
  }

  @Test
  void tellsNeverFromNotSaid() throws Exception {
    PayScript script = parse("{\"pay_after_ms\":null,\"notices\":[]}");

    assertNull(script.payAfterMs());
    assertEquals(List.of(), script.notices());
    assertEquals(script, PayScript.parse(script.toJson()));
  }

  @Test
  void readsEveryField() throws Exception {
    PayScript script =
        parse(
            """
            {"pay_after_ms":1,"pays_late":true,"pays_on_close":true,"reorder":true,
             "prepay":"lost_after","query_fails_first_n":2,"query_delay_ms":3,
             "close_fails_first_n":4,
             "refund":{"pending_ms":5,"fails_first_n":6,"lost_first_n":7},
             "notices":[{"after_ms":8},
               {"after_ms":9,"forged":true,"amount_delta":-10,"signed_ago_ms":11,"copies":2}]}
            """);

    assertEquals(
        new PayScript(
            1L,
            true,
            true,
            List.of(NoticePlan.after(8), new NoticePlan(9, true, -10, 11, 2)),
            true,
            PrepayFault.LOST_AFTER,
            2,
            3,
            4,
            new RefundPlan(5, 6, 7)),
        script);
    assertEquals(script, PayScript.parse(script.toJson()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pay_after_ms\":-1}",
        "{\"pay_after_ms\":\"1\"}",
        "{\"pay_after_ms\":1.5}",
        "{\"pay_after_ms\":99999999999999}",
        "{\"pays_late\":1}",
        "{\"prepay\":\"sometimes\"}",
        "{\"refund\":true}",
        "{\"refund\":{\"outcome\":\"done\"}}",
        "{\"notices\":null}",
        "{\"reorder\":null}",
        "{\"refund\":null}",
        "{\"query_delay_ms\":null}",
        "{\"notices\":{}}",
        "{\"notices\":[1]}",
        "{\"notices\":[{\"copies\":0}]}",
        "{\"notices\":[{\"copies\":11}]}",
        "{\"notices\":[{\"when\":1}]}",
        "{\"notices\":[{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}]}",
        "{\"query_fails_first_n\":-1}",
        "{\"surprise\":true}",
      })
  void refusesEverythingElse(String json) {
    assertThrows(MalformedFieldsException.class, () -> parse(json));
  }

  private static PayScript parse(String json) throws MalformedFieldsException {
    return PayScript.parse(new JsonObject(json));
  }
}
