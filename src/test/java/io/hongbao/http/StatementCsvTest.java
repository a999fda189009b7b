// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.export.StatementKind;
import io.hongbao.export.sql.StatementEntry;
import io.hongbao.export.sql.StatementExport.Line;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fields that spreadsheets and parsers read as they are meant. */
class StatementCsvTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "order 7|order 7",
        "``|``",
        "a,b|\"a,b\"",
        "say \"hi\"|\"say \"\"hi\"\"\"",
        "=1+1|'=1+1",
        "+1|'+1",
        "-1|'-1",
        "@SUM(A1)|'@SUM(A1)",
        "=a,\"b\"|\"'=a,\"\"b\"\"\"",
        " =1| =1",
        "＝1|'＝1",
      })
  void aTextIsNeitherASeparatorNorAFormula(String text, String expected) {
    String field = StatementCsv.field(text);

    assertEquals(text.startsWith(" ") ? "\"" + expected + "\"" : expected, field);
  }

  @Test
  void aLineHasAllColumnsAndNumbersStayNumbers() {
    Buffer out = Buffer.buffer();
    StatementEntry entry = new StatementEntry(1, 42, 3, 0, StatementKind.TRANSFER_OUT, -5, -7, 12);

    StatementCsv.append(out, new Line(entry, "=x"), "CNY", 9);

    assertEquals(
        "9:42:3,1970-01-01T00:00:00.000Z,transfer_out,CNY,-5,-7,transfer,12,'=x,9:42\r\n",
        out.toString());
  }
}
