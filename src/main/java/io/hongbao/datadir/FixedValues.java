// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import io.hongbao.config.AssetSettings;
import io.hongbao.config.Configuration;
import io.hongbao.config.Setting;
import io.hongbao.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a configuration says with what its data directory was created with.
 *
 * <p>Only what somebody said counts: a default yields to the manifest, so that a directory can be
 * opened without repeating its choices.
 */
public final class FixedValues {

  private FixedValues() {}

  /**
   * Holds a configuration against the directory that it names, which somebody else may be using.
   *
   * @return what that directory has fixed; null when there is none yet
   */
  public static @Nullable Manifest readAndVerify(Configuration configuration)
      throws DataDirectoryException {
    Path directory = configuration.data().directory();
    if (!Files.exists(directory.resolve(DataDirectory.MANIFEST_FILE))) {
      return null;
    }
    Manifest manifest = DataDirectory.readManifest(directory);
    verify(directory, manifest, configuration);
    return manifest;
  }

  static void verify(Path path, Manifest manifest, Configuration configuration)
      throws DataDirectoryException {
    verify(path, configuration, Settings.ENGINE_PARTITIONS, manifest.partitions());
    verify(path, configuration, Settings.ENGINE_SITE, manifest.site());
    verify(path, configuration, Settings.DATA_SANDBOX, manifest.sandbox());
    for (String fixed : manifest.assets()) {
      verifyAsset(path, configuration.assets(), fixed);
    }
  }

  private static void verify(Path path, Configuration configuration, Setting setting, Object fixed)
      throws DataDirectoryException {
    String said = configuration.values().text(setting);
    if (configuration.values().isExplicit(setting) && !said.equals(fixed.toString())) {
      throw new DataDirectoryException(
          "%s is %s (%s), but the data directory %s was created with %s, and that is for ever"
              .formatted(
                  setting.key(), said, configuration.values().of(setting).origin(), path, fixed));
    }
  }

  private static void verifyAsset(Path path, AssetSettings configured, String fixed)
      throws DataDirectoryException {
    String code = fixed.substring(0, fixed.indexOf(':'));
    Optional<String> said = configured.find(code).map(Manifest::fixedPart);
    if (said.isEmpty()) {
      throw new DataDirectoryException(
          "assets must name %s, since the data directory %s knows it as %s"
              .formatted(code, path, fixed));
    }
    if (!said.get().equals(fixed)) {
      throw new DataDirectoryException(
          "assets says %s, but the data directory %s knows %s, and that is for ever"
              .formatted(said.get(), path, fixed));
    }
    // The other way round: a new code must not take the number of an old one; the configuration
    // itself refuses that, since it has to name the old one as well.
  }
}
