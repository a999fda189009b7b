// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.config.PeopleSettings;
import io.hongbao.http.HandleHasher;
import io.hongbao.http.PeopleMeters;
import io.hongbao.http.PeopleParts;
import io.hongbao.password.PasswordCost;
import io.hongbao.password.PasswordHasher;
import io.hongbao.person.PersonLimits;
import io.hongbao.provider.VertxTimers;
import io.hongbao.provider.sim.SimulatedSms;
import io.hongbao.provider.sms.LocalCodeBook;
import io.hongbao.provider.sms.SmsDesk;
import io.hongbao.session.SessionDirectory;
import io.hongbao.session.SessionLimits;
import io.hongbao.session.TokenSmith;
import io.hongbao.time.Randomness;
import io.hongbao.time.TimeSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What logins need beside their families: keys, the passwords' threads, codes, and meters.
 *
 * <p><b>Thread:</b> the starter's; the passwords have threads of their own.
 */
final class PeopleRuntime {

  private static final double NANOS_PER_SECOND = 1e9;

  private final PeopleParts parts;

  private PeopleRuntime(PeopleParts parts) {
    this.parts = parts;
  }

  /** One key per purpose, from the one of the directory. */
  static byte[] derived(String key, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  static SessionLimits sessionLimits(Configuration configuration) {
    PeopleSettings people = configuration.people();
    return SessionLimits.defaults()
        .withLogins(people.devicesMax(), people.accessMs(), people.refreshMs());
  }

  static PersonLimits personLimits(Configuration configuration) {
    PeopleSettings people = configuration.people();
    return new PersonLimits(
        people.failuresPerUserMax(),
        people.failuresPerAddressMax(),
        Math.max(1, people.addressesMax() / configuration.engine().partitions()),
        people.zone());
  }

  static PeopleRuntime start(
      Vertx vertx,
      Configuration configuration,
      String key,
      SessionDirectory sessions,
      TokenSmith smith,
      Randomness randomness,
      TimeSource time) {
    PeopleSettings people = configuration.people();
    PeopleSettings.Codes codes = people.codes();
    int threads =
        people.passwordThreads() == 0
            ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2)
            : people.passwordThreads();
    @Nullable SimulatedSms simulated = configuration.data().sandbox() ? new SimulatedSms() : null;
    return new PeopleRuntime(
        new PeopleParts(
            sessions,
            smith,
            new HandleHasher(derived(key, "handles")),
            new PasswordHasher(
                new PasswordCost(people.passwordMemoryKib(), people.passwordIterations(), 1),
                threads,
                people.passwordQueueMax(),
                randomness,
                time),
            new LocalCodeBook(
                new LocalCodeBook.Limits(
                    codes.lifeMs(),
                    codes.resendAfterMs(),
                    codes.attemptsMax(),
                    codes.perPhoneDayMax(),
                    codes.perAddressHourMax(),
                    codes.phonesMax()),
                randomness),
            new SmsDesk(simulated, new VertxTimers(vertx)),
            simulated,
            new PeopleMeters()));
  }

  PeopleParts parts() {
    return parts;
  }

  void bind(MeterRegistry registry) {
    for (PeopleMeters.Step step : PeopleMeters.Step.values()) {
      FunctionCounter.builder(
              "hongbao.people.steps", parts.meters(), meters -> meters.count(step.wireName()))
          .description("registrations, logins, codes, refreshes, by what became of them")
          .tag("step", step.wireName())
          .register(registry);
    }
    PasswordHasher passwords = parts.passwords();
    Gauge.builder("hongbao.password.waiting", passwords, PasswordHasher::waiting)
        .description("passwords that wait for a thread")
        .register(registry);
    FunctionCounter.builder("hongbao.password.rejected", passwords, PasswordHasher::rejected)
        .description("passwords turned away because too many waited")
        .register(registry);
    for (double quantile : new double[] {0.5, 0.99}) {
      Gauge.builder(
              "hongbao.password.work",
              passwords,
              p -> p.workNanos().quantileNanos(quantile) / NANOS_PER_SECOND)
          .description("hashing one password, in seconds")
          .tag("quantile", Double.toString(quantile))
          .register(registry);
    }
    Gauge.builder("hongbao.sms.phones", parts.codes(), codes -> codes.size())
        .description("phones whose codes and limits are remembered")
        .register(registry);
    Gauge.builder("hongbao.sessions.tokens", parts.sessions(), SessionDirectory::count)
        .description("access tokens that are let in")
        .register(registry);
    Gauge.builder("hongbao.sessions.watched", parts.sessions(), SessionDirectory::watchedCount)
        .description("sessions whose end somebody waits for")
        .register(registry);
  }

  void close() {
    parts.passwords().close();
  }
}
