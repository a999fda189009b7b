// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The contract as it is written (YAML) and as programs like it (JSON).
 *
 * <p>The JSON is made from the YAML when the server starts, so that there is one truth and no
 * generated file to forget. It costs one small library without dependencies of its own; a converter
 * in the build would need the same library and one more step, and a YAML reader in the page's
 * script would be ours to keep right.
 *
 * <p><b>Thread:</b> {@link #load()} parses for some 100 ms and must not run on an event loop; the
 * result is immutable.
 */
public final class ContractDocument {

  private static final String RESOURCE = "/openapi.yaml";

  private final byte[] yaml;
  private final byte[] json;
  private final Endings endings;
  private final Queries queries;

  private ContractDocument(byte[] yaml, byte[] json, Endings endings, Queries queries) {
    this.yaml = yaml;
    this.json = json;
    this.endings = endings;
    this.queries = queries;
  }

  /** Reads the contract from the jar. */
  public static ContractDocument load() {
    return of(resource(RESOURCE));
  }

  /** For any other one. */
  static ContractDocument of(byte[] yaml) {
    Object tree = tree(yaml);
    var writer = new JsonWriter();
    write(writer, tree);
    return new ContractDocument(yaml, writer.toBytes(), Endings.of(tree), Queries.of(tree));
  }

  /** Its operations that will go away. */
  Endings endings() {
    return endings;
  }

  public byte[] yaml() {
    return yaml.clone();
  }

  public byte[] json() {
    return json.clone();
  }

  /** Its operations that take query parameters. */
  Queries queries() {
    return queries;
  }

  /** The YAML as maps, lists, strings, integers and booleans. */
  static Object tree(byte[] yaml) {
    // The core schema of YAML 1.2: "no" and "on" are strings, times are strings.
    LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    return new Load(settings).loadFromString(new String(yaml, StandardCharsets.UTF_8));
  }

  /** A file that is part of the jar, whole. */
  static byte[] resource(String path) {
    try (InputStream in = ContractDocument.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return in.readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException("the jar is damaged: " + path, broken);
    }
  }

  private static void write(JsonWriter json, Object node) {
    switch (node) {
      case Map<?, ?> map -> {
        json.beginObject();
        map.forEach(
            (name, value) -> {
              json.name(String.valueOf(name));
              write(json, value);
            });
        json.endObject();
      }
      case List<?> list -> {
        json.beginArray();
        list.forEach(value -> write(json, value));
        json.endArray();
      }
      case String text -> json.value(text);
      case Boolean flag -> json.value(flag);
      case Integer number -> json.value(number);
      case Long number -> json.value(number);
      default -> throw new IllegalStateException("the contract has a value of " + node.getClass());
    }
  }
}
