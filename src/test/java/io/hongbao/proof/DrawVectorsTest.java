// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.redpacket.draw.DrawCommitment;
import io.hongbao.redpacket.draw.DrawProof;
import io.hongbao.redpacket.draw.DrawVerdict;
import io.hongbao.redpacket.draw.DrawVerifier;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.ShareTable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The published test vectors, which scripts/make_draw_vectors.py made without this code. They fix
 * rule 1 for ever: when this test fails, the code is wrong, not the file.
 */
class DrawVectorsTest {

  @Test
  void drawsEveryVectorAsTheIndependentScriptDid() throws Exception {
    Set<PacketKind> kinds = EnumSet.noneOf(PacketKind.class);
    JsonArray vectors = vectors();
    for (int i = 0; i < vectors.size(); i++) {
      JsonObject vector = vectors.getJsonObject(i);
      String name = vector.getString("name");
      DrawProof proof = DrawProofJson.read(vector.getJsonObject("proof").encode());

      DrawVerdict verdict = DrawVerifier.verify(proof, proof.commitment());

      assertTrue(verdict.isOk(), () -> name + ": " + verdict.differences());
      ShareTable table = Objects.requireNonNull(verdict.table());
      JsonArray expected = vector.getJsonArray("table");
      assertEquals(expected.size(), table.count(), name);
      for (int place = 1; place <= table.count(); place++) {
        assertEquals(
            (long) expected.getLong(place - 1), table.amountMinor(place), name + " at " + place);
      }
      kinds.add(proof.kind());
    }

    assertEquals(21, vectors.size());
    assertEquals(EnumSet.allOf(PacketKind.class), kinds);
  }

  /** The page for strangers and the file must not drift apart. */
  @Test
  void thePublishedPageShowsTheSameVectors() throws Exception {
    String page = Files.readString(Path.of("docs", "VERIFIABLE-DRAW.md"));
    JsonArray vectors = vectors();
    for (int i = 0; i < vectors.size(); i++) {
      JsonObject vector = vectors.getJsonObject(i);
      JsonObject proof = vector.getJsonObject("proof");
      String shares =
          String.join(" ", vector.getJsonArray("table").stream().map(Object::toString).toList());

      assertTrue(page.contains("`" + proof.getString("packet_id") + "`"), vector::encode);
      assertTrue(page.contains("`" + proof.getString("seed") + "`"), vector::encode);
      assertTrue(page.contains("`" + proof.getString("commitment") + "`"), vector::encode);
      assertTrue(page.contains("shares " + shares + "\n"), vector::encode);
    }
  }

  @Test
  void writesWhatItReads() throws Exception {
    JsonArray vectors = vectors();
    for (int i = 0; i < vectors.size(); i++) {
      DrawProof proof =
          DrawProofJson.read(vectors.getJsonObject(i).getJsonObject("proof").encode());

      DrawProof again = DrawProofJson.read(DrawProofJson.write(proof).encode());

      assertEquals(proof, again);
      assertEquals(proof.commitment(), DrawCommitment.ofHex(proof.commitment().hex()));
    }
  }

  private static JsonArray vectors() throws IOException {
    try (InputStream file = DrawVectorsTest.class.getResourceAsStream("/draw-vectors.json")) {
      byte[] bytes = Objects.requireNonNull(file, "draw-vectors.json").readAllBytes();
      return new JsonArray(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
