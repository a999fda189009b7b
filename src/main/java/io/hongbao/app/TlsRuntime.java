// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "TLS".
package io.hongbao.app;

import io.hongbao.config.ConfigException;
import io.hongbao.config.Settings;
import io.hongbao.config.TlsSettings;
import io.hongbao.datadir.DiskErrors;
import io.hongbao.time.TimeSource;
import io.hongbao.tls.Identity;
import io.hongbao.tls.Identity.Pem;
import io.hongbao.tls.TlsException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The certificate in its files: read at the start, and again whenever they change.
 *
 * <p><b>Thread:</b> {@link #load} and {@link #listen} by the starter; files are looked at on a
 * worker of Vert.x.
 *
 * <p><b>Failure:</b> at the start one sentence and no server; later a line in the log, and the
 * certificate that was good stays. Files that are just being replaced do not fit one another for a
 * moment, so a failure is told when it is there twice in a row.
 */
final class TlsRuntime {

  private static final Logger LOG = System.getLogger(TlsRuntime.class.getName());

  private final TlsSettings settings;
  private final List<Consumer<Identity>> servers = new CopyOnWriteArrayList<>();
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile Content files;
  private volatile Identity identity;
  private @Nullable Content refused;
  private @Nullable Content told;

  /** The content of both files. */
  private record Content(byte[] certificate, byte[] key) {

    boolean isSame(@Nullable Content other) {
      return other != null
          && Arrays.equals(certificate, other.certificate)
          && Arrays.equals(key, other.key);
    }
  }

  private TlsRuntime(TlsSettings settings, Content files, Identity identity) {
    this.settings = settings;
    this.files = files;
    this.identity = identity;
  }

  /** Reads the files; null when TLS is off. */
  static @Nullable TlsRuntime load(TlsSettings settings, TimeSource time) throws ConfigException {
    if (!settings.isOn()) {
      return null;
    }
    Content read =
        new Content(
            read(Settings.HTTP_TLS_CERTIFICATE.key(), settings.certificate()),
            read(Settings.HTTP_TLS_KEY.key(), settings.key()));
    try {
      Identity identity = identity(settings, read);
      warnIfOver(identity, time.nowMs());
      return new TlsRuntime(settings, read, identity);
    } catch (TlsException wrong) {
      throw new ConfigException(String.valueOf(wrong.getMessage()));
    }
  }

  private static byte[] read(String setting, Path file) throws ConfigException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException absent) {
      throw new ConfigException(setting + " names " + file + ", which is not there");
    } catch (IOException unreadable) {
      throw new ConfigException(
          setting
              + " names "
              + file
              + ", which cannot be read: "
              + DiskErrors.reason(unreadable).orElse(unreadable.getClass().getSimpleName()));
    }
  }

  private static Identity identity(TlsSettings settings, Content read) throws TlsException {
    return Identity.of(
        new Pem(settings.certificate().toString(), read.certificate()),
        new Pem(settings.key().toString(), read.key()));
  }

  private static void warnIfOver(Identity identity, long nowMs) {
    if (identity.notAfterMs() < nowMs) {
      LOG.log(
          Level.WARNING,
          "the certificate of {0} ended at {1}; clients will refuse it",
          identity.subject(),
          Instant.ofEpochMilli(identity.notAfterMs()));
    }
  }

  Identity identity() {
    return identity;
  }

  /** Adds somebody who serves the certificate, to be told of the next one. */
  void listen(Consumer<Identity> server) {
    servers.add(server);
  }

  /** Begins to look at the files. */
  void watch(Vertx vertx, TimeSource time) {
    vertx.setPeriodic(
        settings.checkEveryMs(),
        ignored ->
            vertx.executeBlocking(
                () -> {
                  look(time);
                  return "";
                }));
  }

  private synchronized void look(TimeSource time) {
    Content read;
    try {
      read =
          new Content(
              Files.readAllBytes(settings.certificate()), Files.readAllBytes(settings.key()));
    } catch (IOException unreadable) {
      fail(new Content(new byte[0], new byte[0]), "cannot be read (" + unreadable + ")");
      return;
    }
    if (read.isSame(files)) {
      refused = null;
      return;
    }
    try {
      Identity next = identity(settings, read);
      warnIfOver(next, time.nowMs());
      files = read;
      identity = next;
      refused = null;
      told = null;
      reloads.incrementAndGet();
      servers.forEach(server -> server.accept(next));
      LOG.log(
          Level.INFO,
          "new certificate of {0}, good until {1}",
          next.subject(),
          Instant.ofEpochMilli(next.notAfterMs()));
    } catch (TlsException wrong) {
      fail(read, String.valueOf(wrong.getMessage()));
    }
  }

  // The first time it may be a file that is just being replaced; told once for one content.
  private void fail(Content read, String why) {
    if (read.isSame(refused) && !read.isSame(told)) {
      told = read;
      failures.incrementAndGet();
      LOG.log(Level.ERROR, "the old certificate stays in use: {0}", why);
    }
    refused = read;
  }

  /** Certificates that were taken while running. */
  long reloads() {
    return reloads.get();
  }

  /** Changes of the files that could not be taken. */
  long failures() {
    return failures.get();
  }

  /** Seconds until the certificate ends; negative when it has. */
  double secondsLeft(long nowMs) {
    return (identity.notAfterMs() - nowMs) / 1000.0;
  }
}
