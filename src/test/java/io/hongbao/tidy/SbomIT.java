// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the jar says it is made of, and under which licences. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SbomIT {

  /**
   * Licences under which we may hand a library on inside our jar, unchanged, with its notices. One
   * of those that a library offers is enough.
   */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          // The MIT licence under its owner's name.
          "Bouncy Castle Licence",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "ISC",
          "CC0-1.0",
          "EPL-2.0",
          "MPL-2.0");

  private JsonObject sbom;

  @BeforeAll
  void readTheJar() throws IOException {
    try (JarFile jar = new JarFile(System.getProperty("hongbao.jar"));
        InputStream bytes = jar.getInputStream(jar.getJarEntry("META-INF/sbom/hongbao.cdx.json"))) {
      sbom = new JsonObject(Buffer.buffer(bytes.readAllBytes()));
    }
  }

  private Iterable<Object> libraries() {
    return sbom.getJsonArray("components");
  }

  @Test
  void everyLibraryHasALicenceThatWeMayHandOn() {
    Set<String> others = new TreeSet<>();
    for (Object one : libraries()) {
      JsonObject library = (JsonObject) one;
      Set<String> offered = new TreeSet<>();
      for (Object entry : library.getJsonArray("licenses", new JsonArray())) {
        JsonObject licence = ((JsonObject) entry).getJsonObject("license", new JsonObject());
        offered.add(String.valueOf(licence.getString("id", licence.getString("name"))));
      }
      if (offered.stream().noneMatch(ALLOWED::contains)) {
        others.add(library.getString("purl") + " " + offered);
      }
    }
    assertEquals(Set.of(), others, "libraries whose licence is not in the list of SbomIT");
  }

  @Test
  void namesEveryLibraryWithItsHashAndNoneOfTheTests() {
    Set<String> names = new TreeSet<>();
    for (Object one : libraries()) {
      JsonObject library = (JsonObject) one;
      names.add(library.getString("group") + ":" + library.getString("name"));
      assertTrue(library.getJsonArray("hashes").size() > 0, library.getString("purl"));
    }

    assertTrue(names.contains("io.vertx:vertx-core"), names.toString());
    assertTrue(names.contains("com.h2database:h2"), names.toString());
    assertTrue(names.stream().noneMatch(name -> name.contains("junit")), names.toString());
  }

  /** Two builds of one commit are equal byte for byte. */
  @Test
  void saysNothingThatChangesFromBuildToBuild() {
    assertTrue(!sbom.containsKey("serialNumber"));
    assertTrue(!sbom.getJsonObject("metadata").containsKey("timestamp"));
  }
}
