// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import io.hongbao.config.AssetSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * What was fixed when a data directory was created.
 *
 * <p>As a file: lines {@code key=value} and at the end a CRC-32C over all lines before it, since a
 * wrong partition count would send every key to the wrong place.
 *
 * @param formatLevel what event versions may be written; only an operator raises it
 * @param directoryId 32 hexadecimal digits, never used twice
 * @param peopleKeyMark by which the key of names and phones is known again
 * @param assets {@code code:number:scale} of every asset that ever was
 */
public record Manifest(
    int formatLevel,
    String directoryId,
    Instant createdAt,
    int partitions,
    int site,
    boolean sandbox,
    String peopleKeyMark,
    List<String> assets) {

  /** The highest format level that this version reads and writes. */
  public static final int FORMAT_LEVEL_MAX = 1;

  private static final String CHECKSUM = "checksum=";

  public Manifest {
    assets = List.copyOf(assets);
  }

  /** The part of an asset that never changes, as the manifest writes it. */
  static String fixedPart(AssetSettings.Asset asset) {
    return asset.code() + ":" + asset.number() + ":" + asset.scale();
  }

  Manifest withAssets(List<String> more) {
    return new Manifest(
        formatLevel, directoryId, createdAt, partitions, site, sandbox, peopleKeyMark, more);
  }

  String toText() {
    String text =
        """
        # Hongbao data directory: fixed at creation, written by the server; not to be edited.
        format_level=%d
        directory_id=%s
        created_at=%s
        partitions=%d
        site=%d
        sandbox=%b
        people_key_mark=%s
        assets=%s
        """
            .formatted(
                formatLevel,
                directoryId,
                createdAt,
                partitions,
                site,
                sandbox,
                peopleKeyMark,
                String.join(",", assets));
    return text + CHECKSUM + checksum(text) + "\n";
  }

  /**
   * Reads a manifest.
   *
   * @param where names the file in the sentence of a failure
   */
  static Manifest parse(String text, String where) throws DataDirectoryException {
    Map<String, String> lines = lines(text);
    // Comes first: a newer version may have changed all the rest, the checksum too.
    int formatLevel = whole(lines, "format_level", where);
    if (formatLevel > FORMAT_LEVEL_MAX) {
      throw new DataDirectoryException(
          ("%s was written by a newer version of Hongbao (format level %d; this version knows %d);"
                  + " use that version")
              .formatted(where, formatLevel, FORMAT_LEVEL_MAX));
    }
    int end = text.lastIndexOf(CHECKSUM);
    if (end < 0
        || !text.substring(end).strip().equals(CHECKSUM + checksum(text.substring(0, end)))) {
      throw damaged(where, "its checksum does not fit");
    }
    try {
      return new Manifest(
          formatLevel,
          word(lines, "directory_id", where),
          Instant.parse(word(lines, "created_at", where)),
          whole(lines, "partitions", where),
          whole(lines, "site", where),
          Boolean.parseBoolean(word(lines, "sandbox", where)),
          word(lines, "people_key_mark", where),
          List.of(word(lines, "assets", where).split(",", -1)));
    } catch (DateTimeParseException wrong) {
      throw damaged(where, "created_at is no time");
    }
  }

  /** The assets of this manifest and the new ones of the configuration. */
  List<String> assetsWith(AssetSettings configured) {
    List<String> all = new ArrayList<>(assets);
    for (AssetSettings.Asset asset : configured.assets()) {
      if (!all.contains(fixedPart(asset))) {
        all.add(fixedPart(asset));
      }
    }
    return all;
  }

  private static Map<String, String> lines(String text) {
    Map<String, String> lines = new HashMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#") && line.contains("="))
        .forEach(
            line -> {
              int equals = line.indexOf('=');
              lines.put(line.substring(0, equals), line.substring(equals + 1));
            });
    return lines;
  }

  private static int whole(Map<String, String> lines, String key, String where)
      throws DataDirectoryException {
    try {
      return Integer.parseInt(word(lines, key, where));
    } catch (NumberFormatException wrong) {
      throw damaged(where, key + " is no number");
    }
  }

  private static String word(Map<String, String> lines, String key, String where)
      throws DataDirectoryException {
    String value = lines.get(key);
    if (value == null) {
      throw damaged(where, key + " is missing");
    }
    return value;
  }

  private static DataDirectoryException damaged(String where, String what) {
    return new DataDirectoryException(
        where + " is damaged: " + what + "; restore the file from a backup");
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
