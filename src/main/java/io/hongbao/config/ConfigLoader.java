// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the settings: defaults, then the file, then the environment, then flags.
 *
 * <p><b>Failure:</b> an unknown name or an impossible value, wherever it stands, is a {@link
 * ConfigException}; nothing is ignored in silence.
 */
public final class ConfigLoader {

  /** Read when it exists and no other file is named. */
  public static final String DEFAULT_FILE = "hongbao.properties";

  /** Names the configuration file, like {@code --config}, which overrules it. */
  public static final String FILE_VARIABLE = "HONGBAO_CONFIG";

  private static final String VARIABLE_PREFIX = "HONGBAO_";

  /** Variables that the launcher reads before there is a program to configure. */
  private static final Set<String> LAUNCHER_VARIABLES =
      Set.of(FILE_VARIABLE, "HONGBAO_JAVA_HOME", "HONGBAO_JVM_FOLDERS", "HONGBAO_OPTS");

  private final Path workingDirectory;
  private final Map<String, String> environment;
  private final Map<String, String> flags;
  private final @Nullable String file;

  /**
   * @param workingDirectory where relative paths start
   * @param environment all variables of the process
   * @param flags key to value, as given on the command line without dashes
   * @param file the file named on the command line, or null
   */
  public ConfigLoader(
      Path workingDirectory,
      Map<String, String> environment,
      Map<String, String> flags,
      @Nullable String file) {
    this.workingDirectory = workingDirectory;
    this.environment = environment;
    this.flags = flags;
    this.file = file;
  }

  public Configuration load() throws ConfigException {
    return Configuration.of(loadValues(), workingDirectory);
  }

  SettingValues loadValues() throws ConfigException {
    SettingValues values = withFile(SettingValues.defaults());
    values = withEnvironment(values);
    for (Map.Entry<String, String> flag : flags.entrySet()) {
      String origin = "flag --" + flag.getKey();
      values = values.with(known(flag.getKey(), origin), flag.getValue(), Source.FLAG, origin);
    }
    return values;
  }

  private SettingValues withFile(SettingValues before) throws ConfigException {
    String named = file != null ? file : environment.get(FILE_VARIABLE);
    Path path = workingDirectory.resolve(named != null ? named : DEFAULT_FILE);
    if (named == null && !Files.exists(path)) {
      return before;
    }
    String origin = "file " + (named != null ? named : DEFAULT_FILE);
    SettingValues values = before;
    for (Map.Entry<String, String> line : read(path, origin).entrySet()) {
      values = values.with(known(line.getKey(), origin), line.getValue(), Source.FILE, origin);
    }
    return values;
  }

  private SettingValues withEnvironment(SettingValues before) throws ConfigException {
    Map<String, Setting> byVariable = new TreeMap<>();
    for (Setting setting : Settings.all()) {
      byVariable.put(setting.environmentName(), setting);
    }
    SettingValues values = before;
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (!name.startsWith(VARIABLE_PREFIX) || LAUNCHER_VARIABLES.contains(name)) {
        continue;
      }
      Setting setting = byVariable.get(name);
      if (setting == null) {
        throw new ConfigException(
            "the environment variable "
                + name
                + " is no setting"
                + Nearest.hint(name, byVariable.keySet()));
      }
      values =
          values.with(
              setting, variable.getValue(), Source.ENVIRONMENT, "environment variable " + name);
    }
    return values;
  }

  private static Setting known(String key, String origin) throws ConfigException {
    Setting setting = Settings.find(key);
    if (setting == null) {
      throw new ConfigException(
          "unknown setting \"" + key + "\" (" + origin + ")" + Nearest.hint(key, Settings.keys()));
    }
    return setting;
  }

  private static Map<String, String> read(Path path, String origin) throws ConfigException {
    OnceProperties properties = new OnceProperties();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException absent) {
      throw new ConfigException("there is no configuration " + origin);
    } catch (AccessDeniedException denied) {
      throw new ConfigException("the configuration " + origin + " must not be read by this user");
    } catch (CharacterCodingException | IllegalArgumentException broken) {
      throw new ConfigException("the configuration " + origin + " is not UTF-8 properties text");
    } catch (IOException unreadable) {
      throw new ConfigException("the configuration " + origin + " cannot be read");
    }
    if (!properties.twice.isEmpty()) {
      throw new ConfigException(
          "the configuration " + origin + " sets " + properties.twice.getFirst() + " twice");
    }
    Map<String, String> sorted = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> sorted.put(key, properties.getProperty(key)));
    return sorted;
  }

  /** Properties that notice when a key comes again, where the JDK would keep the last. */
  private static final class OnceProperties extends Properties {

    private static final long serialVersionUID = 1L;

    private final transient List<String> twice = new ArrayList<>();

    @Override
    public synchronized @Nullable Object put(Object key, Object value) {
      Object before = super.put(key, value);
      if (before != null) {
        twice.add(key.toString());
      }
      return before;
    }
  }
}
