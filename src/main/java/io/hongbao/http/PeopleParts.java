// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import io.hongbao.password.PasswordHasher;
import io.hongbao.provider.sim.SimulatedSms;
import io.hongbao.provider.sms.CodeBook;
import io.hongbao.provider.sms.SmsDesk;
import io.hongbao.session.SessionDirectory;
import io.hongbao.session.TokenSmith;
import org.jspecify.annotations.Nullable;

/**
 * What the routes of people get from outside; shared by the edges of all loops.
 *
 * @param sessions where a token's session is found, and its end can be watched
 * @param simulated what the sandbox reads sent codes from; null elsewhere
 */
public record PeopleParts(
    SessionDirectory sessions,
    TokenSmith smith,
    HandleHasher handles,
    PasswordHasher passwords,
    CodeBook codes,
    SmsDesk sms,
    @Nullable SimulatedSms simulated,
    PeopleMeters meters) {}
