// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.Template;
import io.hongbao.feed.Template.Hidden;
import io.hongbao.feed.Template.Shown;
import io.hongbao.person.PersonCodec;
import io.hongbao.person.PersonEvent.LoginGiven;
import io.hongbao.person.PersonEvent.OfPerson;
import io.hongbao.person.PersonEvent.PasswordChanged;
import io.hongbao.person.PersonEvent.PersonRegistered;
import io.hongbao.person.PersonEvent.ProfileChanged;
import io.hongbao.person.Profile;
import io.hongbao.person.codec.AddressFailedDecoder;
import io.hongbao.person.codec.AddressesForgottenDecoder;
import io.hongbao.person.codec.AskClaimDecoder;
import io.hongbao.person.codec.AttemptBegunDecoder;
import io.hongbao.person.codec.AttemptSucceededDecoder;
import io.hongbao.person.codec.AttemptsForgivenDecoder;
import io.hongbao.person.codec.ClaimAnsweredDecoder;
import io.hongbao.person.codec.ClaimProlongedDecoder;
import io.hongbao.person.codec.ClaimQuestionedDecoder;
import io.hongbao.person.codec.ConfirmHandleDecoder;
import io.hongbao.person.codec.HandleClaimedDecoder;
import io.hongbao.person.codec.HandleConfirmedDecoder;
import io.hongbao.person.codec.HandleReleasedDecoder;
import io.hongbao.person.codec.LoginGivenDecoder;
import io.hongbao.person.codec.PasswordChangedDecoder;
import io.hongbao.person.codec.PersonRegisteredDecoder;
import io.hongbao.person.codec.ProfileChangedDecoder;
import io.hongbao.person.codec.PutOffClaimDecoder;
import io.hongbao.person.codec.ReleaseHandleDecoder;
import java.util.List;
import java.util.Locale;

/**
 * People, as far as other programs need to know: that they are there, and what they show of
 * themselves. Names to log in with, phones and passwords are not written, in whatever form.
 */
public final class PersonFeed implements FamilyFeed {

  private static final String USER = "user";
  private static final String LOGINS =
      "counts logins; who tries when is nobody's business but the guard's";
  private static final String HANDLES =
      "keeps hashes of names and phones unique; the person's own events are shown";
  private static final String TRAVELS = "travels between partitions and stands in no record";

  private final EventCodec codec = new PersonCodec();

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public List<Template> templates() {
    return List.of(
        new Shown(PersonRegisteredDecoder.TEMPLATE_ID, "user.registered", USER),
        new Shown(ProfileChangedDecoder.TEMPLATE_ID, "user.profile_changed", USER),
        new Shown(PasswordChangedDecoder.TEMPLATE_ID, "user.password_changed", USER),
        new Shown(LoginGivenDecoder.TEMPLATE_ID, "user.login_given", USER),
        new Hidden(AttemptBegunDecoder.TEMPLATE_ID, LOGINS),
        new Hidden(AttemptSucceededDecoder.TEMPLATE_ID, LOGINS),
        new Hidden(AttemptsForgivenDecoder.TEMPLATE_ID, LOGINS),
        new Hidden(HandleClaimedDecoder.TEMPLATE_ID, HANDLES),
        new Hidden(HandleConfirmedDecoder.TEMPLATE_ID, HANDLES),
        new Hidden(HandleReleasedDecoder.TEMPLATE_ID, HANDLES),
        new Hidden(ClaimQuestionedDecoder.TEMPLATE_ID, HANDLES),
        new Hidden(ClaimAnsweredDecoder.TEMPLATE_ID, HANDLES),
        new Hidden(ClaimProlongedDecoder.TEMPLATE_ID, HANDLES),
        new Hidden(AddressFailedDecoder.TEMPLATE_ID, LOGINS),
        new Hidden(AddressesForgottenDecoder.TEMPLATE_ID, LOGINS),
        new Hidden(ConfirmHandleDecoder.TEMPLATE_ID, TRAVELS),
        new Hidden(ReleaseHandleDecoder.TEMPLATE_ID, TRAVELS),
        new Hidden(AskClaimDecoder.TEMPLATE_ID, TRAVELS),
        new Hidden(PutOffClaimDecoder.TEMPLATE_ID, TRAVELS));
  }

  @Override
  public long subjectId(Event event) {
    return ((OfPerson) event).userId();
  }

  @Override
  public void write(Event event, DataWriter data) {
    data.id("user_id", subjectId(event));
    switch (event) {
      case PersonRegistered e -> data.textIfAny("nickname", e.nickname());
      case ProfileChanged e -> profile(e.profile(), data);
      case PasswordChanged e -> data.text("cause", e.cause().name().toLowerCase(Locale.ROOT));
      case LoginGiven e -> {
        // That he has a login is all that others need to know of it.
      }
      default -> throw new IllegalStateException("a hidden event is shown");
    }
  }

  private static void profile(Profile profile, DataWriter data) {
    data.textIfAny("external_id", profile.externalId())
        .textIfAny("nickname", profile.nickname())
        .textIfAny("avatar_url", profile.avatarUrl())
        .textIfAny("city", profile.city());
  }
}
