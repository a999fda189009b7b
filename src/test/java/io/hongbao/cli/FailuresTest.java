// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.app.ListenException;
import io.hongbao.config.ConfigException;
import io.hongbao.datadir.DataDirectoryException;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.model.BrokenInvariantException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FailuresTest {

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(new UsageException("wrong"), 2, "wrong"),
        Arguments.of(new ConfigException("wrong"), 2, "wrong"),
        Arguments.of(new DataDirectoryException("in use"), 3, "in use"),
        Arguments.of(
            new ListenException("http", "h", 80, new BindException("Permission denied")),
            3,
            "port 80 needs rights that this user does not have; choose another with --http.port"),
        Arguments.of(
            new ListenException("http", "h", 8080, new IOException("bind: Address already in use")),
            3,
            "port 8080 is taken; choose another with --http.port"),
        Arguments.of(
            new BindException("Address already in use"),
            3,
            "a port cannot be had (Address already in use); choose others with --http.port and"
                + " --management.port"),
        Arguments.of(
            new JournalDamagedException("journal/1.hbj", 4_096, "checksum"),
            1,
            "the journal is damaged: journal/1.hbj at offset 4096: checksum; nothing was changed"),
        Arguments.of(new AccessDeniedException("/x/y"), 3, "/x/y: this user has no right to it"),
        Arguments.of(new IOException("No space left on device"), 3, "the disk is full"),
        Arguments.of(
            new IOException("the backup lacks hongbao.manifest"),
            1,
            "the backup lacks hongbao.manifest"),
        Arguments.of(
            new BrokenInvariantException("sum: 1, expected 0"),
            1,
            "stopped because the program contradicts itself: sum: 1, expected 0"),
        Arguments.of(
            new OutOfMemoryError("heap"), 3, "there is not enough memory; give more with -Xmx"),
        Arguments.of(
            new IllegalStateException("odd\nlines"),
            1,
            "failed unexpectedly: IllegalStateException: odd (--debug shows where)"),
        Arguments.of(
            new NullPointerException(),
            1,
            "failed unexpectedly: NullPointerException (--debug shows where)"));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void everyKnownCauseHasItsSentence(Throwable cause, int code, String sentence) {
    assertEquals(new Failures.Failure(sentence, code), Failures.of(cause));
  }

  @Test
  void findsTheCauseBelowItsWrappings() {
    Throwable wrapped =
        new CompletionException(
            new UncheckedIOException("flush", new IOException("No space left on device")));

    assertEquals("the disk is full", Failures.of(wrapped).sentence());
  }
}
