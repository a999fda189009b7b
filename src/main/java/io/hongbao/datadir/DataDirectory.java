// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import io.hongbao.config.ConfigException;
import io.hongbao.config.Configuration;
import io.hongbao.config.Settings;
import io.hongbao.config.Source;
import io.hongbao.time.Randomness;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A data directory, open and locked for this process.
 *
 * <p><b>Invariant:</b> what the manifest fixes never changes; a configuration that says otherwise
 * is refused, one that says nothing follows the manifest ({@link #effective}).
 *
 * <p><b>Durability:</b> the manifest is written last, so a directory with a manifest is complete
 * and a creation that was cut short is simply done again.
 *
 * <p><b>Failure:</b> a {@link DataDirectoryException}; nothing is locked then.
 */
public final class DataDirectory implements AutoCloseable {

  public static final String MANIFEST_FILE = "hongbao.manifest";
  public static final String LOCK_FILE = "hongbao.lock";
  public static final String PID_FILE = "hongbao.pid";
  public static final String PORTS_FILE = "hongbao.ports";
  public static final String LOG_FILE = "hongbao.log";

  /** By which a server asks its supervisor for a SIGKILL; see play.supervised. */
  public static final String KILL_FILE = "kill-me";

  public static final String OPERATOR_KEY_FILE = "operator.key";
  public static final String PEOPLE_KEY_FILE = "people.key";

  /** How the directories of the demo begin; they lie in the directory that most servers have. */
  public static final String DEMO_PREFIX = "demo-";

  public static final String JOURNAL = "journal";
  public static final String SNAPSHOT = "snapshot";
  public static final String ARCHIVE = "archive";
  public static final String READ_MODEL = "readmodel";
  public static final String PROVIDER_SIM = "provider-sim";

  /** What was said in rooms and what moderators decided; made anew from nothing. */
  public static final String ROOMS = "rooms";

  private static final List<String> PARTS =
      List.of(JOURNAL, SNAPSHOT, ARCHIVE, READ_MODEL, PROVIDER_SIM, ROOMS);

  private static final String PROVIDER_SIM_SECRET_FILE = "secret.key";
  private static final String OPERATOR_KEY_PREFIX = "hbo_";
  private static final int DIRECTORY_ID_BYTES = 16;

  /** What may lie in a directory whose creation was cut short; anything else is not ours. */
  private static final Set<String> BEFORE_MANIFEST =
      Set.of(
          LOCK_FILE,
          LOG_FILE,
          OPERATOR_KEY_FILE,
          PEOPLE_KEY_FILE,
          PID_FILE,
          PORTS_FILE,
          "lost+found");

  private final Path path;
  private final Manifest manifest;
  private final DirectoryLock lock;
  private final String operatorKey;
  private final String providerSimSecret;
  private final String peopleKey;

  private DataDirectory(
      Path path,
      Manifest manifest,
      DirectoryLock lock,
      String operatorKey,
      String providerSimSecret,
      String peopleKey) {
    this.peopleKey = peopleKey;
    this.path = path;
    this.manifest = manifest;
    this.lock = lock;
    this.operatorKey = operatorKey;
    this.providerSimSecret = providerSimSecret;
  }

  /**
   * Opens the configured directory; creates it when there is none.
   *
   * @param nowMs time of creation, should it come to that
   * @param randomness for the directory's id and keys
   */
  public static DataDirectory openOrCreate(
      Configuration configuration, long nowMs, Randomness randomness)
      throws DataDirectoryException {
    Path wanted = configuration.data().directory();
    try {
      Path path = directoryAt(wanted);
      EncryptedVolume.requireIfAsked(path, configuration.data());
      return locked(
          path,
          "start",
          lock -> {
            Manifest manifest =
                Files.exists(path.resolve(MANIFEST_FILE))
                    ? verified(path, readManifest(path), configuration)
                    : create(path, configuration, nowMs, randomness);
            return open(path, manifest, lock, randomness);
          });
    } catch (IOException failure) {
      throw unusable(wanted, failure);
    }
  }

  /**
   * Opens a directory that must exist, as it is, for a command that works on it while no server
   * does. Makes nothing but the lock file: a part or a key that is missing stays missing.
   *
   * @param purpose the command, for the sentence that others see meanwhile
   */
  public static DataDirectory openExisting(Path wanted, String purpose)
      throws DataDirectoryException {
    Manifest manifest = readManifest(wanted);
    try {
      Path path = wanted.toRealPath();
      return locked(
          path,
          purpose,
          lock ->
              new DataDirectory(
                  path,
                  manifest,
                  lock,
                  SecretFile.readIfPresent(path.resolve(OPERATOR_KEY_FILE)),
                  SecretFile.readIfPresent(providerSimSecretFile(path)),
                  SecretFile.readIfPresent(path.resolve(PEOPLE_KEY_FILE))));
    } catch (IOException failure) {
      throw unusable(wanted, failure);
    }
  }

  /**
   * Makes the directory if there is none, and refuses one that belongs to somebody else; writes
   * nothing into it.
   */
  public static void prepare(Path wanted) throws DataDirectoryException {
    try {
      Path path = directoryAt(wanted);
      if (!Files.exists(path.resolve(MANIFEST_FILE))) {
        refuseForeignContent(path);
      }
    } catch (IOException failure) {
      throw unusable(wanted, failure);
    }
  }

  /** Reads the manifest of a directory that somebody else may be using. */
  public static Manifest readManifest(Path directory) throws DataDirectoryException {
    Path file = directory.resolve(MANIFEST_FILE);
    try {
      return Manifest.parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException absent) {
      throw new DataDirectoryException(
          directory + " is no data directory of Hongbao: it has no " + MANIFEST_FILE, absent);
    } catch (IOException failure) {
      throw unusable(directory, failure);
    }
  }

  /** With symbolic links resolved. */
  public Path path() {
    return path;
  }

  /** A file or part inside. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  public Manifest manifest() {
    return manifest;
  }

  /** The key with which an operator mints tokens; a secret; empty if there is none yet. */
  public String operatorKey() {
    return operatorKey;
  }

  /**
   * The key from which the tokens of logins are made and under which phones and names are hashed; a
   * secret. Without it nobody's name or phone is found again, so it belongs into every backup.
   */
  public String peopleKey() {
    return peopleKey;
  }

  public Path operatorKeyFile() {
    return path.resolve(OPERATOR_KEY_FILE);
  }

  /** Whether others than the owner can read the operator's key; worth a warning. */
  public boolean isOperatorKeyOpenToOthers() {
    try {
      return DurableFiles.isOpenToOthers(operatorKeyFile());
    } catch (IOException unknown) {
      return false;
    }
  }

  /**
   * The configuration as it holds here: what the manifest fixes and the keys kept here filled in.
   */
  public Configuration effective(Configuration configuration) throws ConfigException {
    Configuration effective =
        configuration
            .with(
                Settings.ENGINE_PARTITIONS,
                Integer.toString(manifest.partitions()),
                Source.DATA_DIRECTORY,
                MANIFEST_FILE)
            .with(
                Settings.ENGINE_SITE,
                Integer.toString(manifest.site()),
                Source.DATA_DIRECTORY,
                MANIFEST_FILE)
            .with(
                Settings.DATA_SANDBOX,
                Boolean.toString(manifest.sandbox()),
                Source.DATA_DIRECTORY,
                MANIFEST_FILE);
    return effective.provider().simSecret() != null || providerSimSecret.isEmpty()
        ? effective
        : effective.with(
            Settings.PROVIDER_SIM_SECRET,
            providerSimSecret,
            Source.DATA_DIRECTORY,
            PROVIDER_SIM + "/" + PROVIDER_SIM_SECRET_FILE);
  }

  /** Says that this process serves the directory, for {@code stop} and {@code status}. */
  public void writePidFile() throws DataDirectoryException {
    try {
      DurableFiles.write(path.resolve(PID_FILE), ProcessMark.ofThisProcess("start").toText());
    } catch (IOException failure) {
      throw unusable(path, failure);
    }
  }

  /** Writes where this process serves; removed by {@link #close}. */
  public void writePortsFile(String properties) throws DataDirectoryException {
    try {
      DurableFiles.write(path.resolve(PORTS_FILE), properties);
    } catch (IOException failure) {
      throw unusable(path, failure);
    }
  }

  /** Frees the directory for the next process. */
  @Override
  public void close() throws DataDirectoryException {
    try {
      Files.deleteIfExists(path.resolve(PORTS_FILE));
      Files.deleteIfExists(path.resolve(PID_FILE));
    } catch (IOException failure) {
      throw unusable(path, failure);
    } finally {
      release(lock);
    }
  }

  private static Path providerSimSecretFile(Path path) {
    return path.resolve(PROVIDER_SIM).resolve(PROVIDER_SIM_SECRET_FILE);
  }

  private static Path directoryAt(Path wanted) throws IOException, DataDirectoryException {
    try {
      boolean isNew = Files.notExists(wanted);
      Files.createDirectories(wanted);
      if (isNew) {
        DurableFiles.forceParent(wanted);
      }
    } catch (FileAlreadyExistsException file) {
      throw new DataDirectoryException(
          "the data directory " + wanted + " cannot be used: it is a file", file);
    }
    return wanted.toRealPath();
  }

  private interface Work {
    DataDirectory under(DirectoryLock lock) throws IOException, DataDirectoryException;
  }

  private static DataDirectory locked(Path path, String purpose, Work work)
      throws IOException, DataDirectoryException {
    DirectoryLock lock = DirectoryLock.take(path, purpose);
    boolean done = false;
    try {
      DataDirectory directory = work.under(lock);
      done = true;
      return directory;
    } finally {
      if (!done) {
        release(lock);
      }
    }
  }

  private static DataDirectory open(
      Path path, Manifest manifest, DirectoryLock lock, Randomness randomness)
      throws IOException, DataDirectoryException {
    for (String part : PARTS) {
      Files.createDirectories(path.resolve(part));
    }
    DurableFiles.forceDirectory(path);
    return new DataDirectory(
        path,
        manifest,
        lock,
        SecretFile.readOrCreate(path.resolve(OPERATOR_KEY_FILE), OPERATOR_KEY_PREFIX, randomness),
        SecretFile.readOrCreate(providerSimSecretFile(path), "", randomness),
        PeopleKey.read(path, manifest.peopleKeyMark()));
  }

  // The keys come before the manifest, so that whoever sees a manifest finds the keys as well.
  private static Manifest create(
      Path path, Configuration configuration, long nowMs, Randomness randomness)
      throws IOException, DataDirectoryException {
    refuseForeignContent(path);
    byte[] id = new byte[DIRECTORY_ID_BYTES];
    randomness.nextBytes(id);
    SecretFile.readOrCreate(path.resolve(OPERATOR_KEY_FILE), OPERATOR_KEY_PREFIX, randomness);
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT_LEVEL_MAX,
            HexFormat.of().formatHex(id),
            Instant.ofEpochMilli(nowMs),
            configuration.engine().partitions(),
            configuration.engine().site(),
            configuration.data().sandbox(),
            PeopleKey.create(path, randomness),
            configuration.assets().assets().stream().map(Manifest::fixedPart).toList());
    DurableFiles.write(path.resolve(MANIFEST_FILE), manifest.toText());
    return manifest;
  }

  private static void refuseForeignContent(Path path) throws IOException, DataDirectoryException {
    try (Stream<Path> entries = Files.list(path)) {
      List<String> foreign =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !BEFORE_MANIFEST.contains(name) && !name.endsWith(".tmp"))
              .filter(name -> !name.startsWith(DEMO_PREFIX))
              .sorted()
              .toList();
      if (!foreign.isEmpty()) {
        throw new DataDirectoryException(
            "%s cannot become a data directory: it has no %s, but is not empty (%s)"
                .formatted(path, MANIFEST_FILE, foreign.getFirst()));
      }
    }
  }

  private static Manifest verified(Path path, Manifest manifest, Configuration configuration)
      throws IOException, DataDirectoryException {
    FixedValues.verify(path, manifest, configuration);
    List<String> assets = manifest.assetsWith(configuration.assets());
    if (assets.size() == manifest.assets().size()) {
      return manifest;
    }
    Manifest extended = manifest.withAssets(assets);
    DurableFiles.write(path.resolve(MANIFEST_FILE), extended.toText());
    return extended;
  }

  private static void release(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException ignored) {
      // The end of the process frees it as well.
    }
  }

  private static DataDirectoryException unusable(Path path, IOException failure) {
    return new DataDirectoryException(
        "the data directory cannot be used: " + DiskErrors.sentence(path, failure), failure);
  }
}
