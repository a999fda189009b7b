// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Event;
import io.hongbao.engine.UnknownEventException;
import io.hongbao.person.PersonEvent.AddressFailed;
import io.hongbao.person.PersonEvent.AddressesForgotten;
import io.hongbao.person.PersonEvent.AttemptBegun;
import io.hongbao.person.PersonEvent.AttemptSucceeded;
import io.hongbao.person.PersonEvent.AttemptsForgiven;
import io.hongbao.person.PersonEvent.ClaimAnswered;
import io.hongbao.person.PersonEvent.ClaimProlonged;
import io.hongbao.person.PersonEvent.ClaimQuestioned;
import io.hongbao.person.PersonEvent.HandleClaimed;
import io.hongbao.person.PersonEvent.HandleConfirmed;
import io.hongbao.person.PersonEvent.HandleReleased;
import io.hongbao.person.PersonEvent.LoginGiven;
import io.hongbao.person.PersonEvent.PasswordChanged;
import io.hongbao.person.PersonEvent.PersonRegistered;
import io.hongbao.person.PersonEvent.ProfileChanged;
import io.hongbao.person.PersonTransfer.AskClaim;
import io.hongbao.person.PersonTransfer.ConfirmHandle;
import io.hongbao.person.PersonTransfer.PutOffClaim;
import io.hongbao.person.PersonTransfer.ReleaseHandle;
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
import io.hongbao.person.codec.MessageHeaderDecoder;
import io.hongbao.person.codec.PasswordChangedDecoder;
import io.hongbao.person.codec.PersonRegisteredDecoder;
import io.hongbao.person.codec.ProfileChangedDecoder;
import io.hongbao.person.codec.PutOffClaimDecoder;
import io.hongbao.person.codec.ReleaseHandleDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Reads events and transfers of people from SBE; part of {@link PersonCodec}. */
final class PersonDecoding {

  private interface VariableField {
    int get(byte[] target, int offset, int length);
  }

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  Event decode(DirectBuffer source, int offset) {
    header.wrap(source, offset);
    return switch (header.templateId()) {
      case PersonRegisteredDecoder.TEMPLATE_ID -> registered(source, offset);
      case ProfileChangedDecoder.TEMPLATE_ID -> profileChanged(source, offset);
      case PasswordChangedDecoder.TEMPLATE_ID -> {
        var in = new PasswordChangedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new PasswordChanged(
            in.userId(),
            PasswordCause.ofNumber(in.cause()),
            text(in.passwordHashLength(), in::getPasswordHash));
      }
      case AttemptBegunDecoder.TEMPLATE_ID -> {
        var in = new AttemptBegunDecoder().wrapAndApplyHeader(source, offset, header);
        yield new AttemptBegun(in.userId(), in.dayEndsMs());
      }
      case AttemptSucceededDecoder.TEMPLATE_ID ->
          new AttemptSucceeded(
              new AttemptSucceededDecoder().wrapAndApplyHeader(source, offset, header).userId());
      case AttemptsForgivenDecoder.TEMPLATE_ID -> {
        var in = new AttemptsForgivenDecoder().wrapAndApplyHeader(source, offset, header);
        yield new AttemptsForgiven(in.userId(), text(in.actorLength(), in::getActor));
      }
      case LoginGivenDecoder.TEMPLATE_ID -> {
        var in = new LoginGivenDecoder().wrapAndApplyHeader(source, offset, header);
        yield new LoginGiven(
            in.userId(),
            hash(in.nameHigh(), in.nameLow()),
            in.nameUntilMs(),
            text(in.userNameLength(), in::getUserName),
            text(in.passwordHashLength(), in::getPasswordHash));
      }
      case ClaimAnsweredDecoder.TEMPLATE_ID -> {
        var in = new ClaimAnsweredDecoder().wrapAndApplyHeader(source, offset, header);
        yield new ClaimAnswered(
            hash(in.hashHigh(), in.hashLow()),
            in.userId(),
            in.untilMs(),
            ClaimVerdict.ofNumber(in.verdict()));
      }
      default -> ofHandleOrAddress(source, offset);
    };
  }

  private PersonRegistered registered(DirectBuffer source, int offset) {
    var in = new PersonRegisteredDecoder().wrapAndApplyHeader(source, offset, header);
    return new PersonRegistered(
        in.userId(),
        hash(in.nameHigh(), in.nameLow()),
        in.nameUntilMs(),
        hash(in.phoneHigh(), in.phoneLow()),
        in.phoneUntilMs(),
        text(in.userNameLength(), in::getUserName),
        text(in.phoneMaskedLength(), in::getPhoneMasked),
        text(in.passwordHashLength(), in::getPasswordHash),
        text(in.nicknameLength(), in::getNickname));
  }

  private ProfileChanged profileChanged(DirectBuffer source, int offset) {
    var in = new ProfileChangedDecoder().wrapAndApplyHeader(source, offset, header);
    return new ProfileChanged(
        in.userId(),
        hash(in.externalHigh(), in.externalLow()),
        in.externalUntilMs(),
        new Profile(
            text(in.externalIdLength(), in::getExternalId),
            text(in.nicknameLength(), in::getNickname),
            text(in.avatarUrlLength(), in::getAvatarUrl),
            text(in.cityLength(), in::getCity)));
  }

  private Event ofHandleOrAddress(DirectBuffer source, int offset) {
    return switch (header.templateId()) {
      case HandleClaimedDecoder.TEMPLATE_ID -> {
        var in = new HandleClaimedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new HandleClaimed(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      case HandleConfirmedDecoder.TEMPLATE_ID -> {
        var in = new HandleConfirmedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new HandleConfirmed(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      case HandleReleasedDecoder.TEMPLATE_ID -> {
        var in = new HandleReleasedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new HandleReleased(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      case ClaimQuestionedDecoder.TEMPLATE_ID -> {
        var in = new ClaimQuestionedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new ClaimQuestioned(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      case ClaimProlongedDecoder.TEMPLATE_ID -> {
        var in = new ClaimProlongedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new ClaimProlonged(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      case AddressFailedDecoder.TEMPLATE_ID -> {
        var in = new AddressFailedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new AddressFailed(
            hash(in.hashHigh(), in.hashLow()),
            in.dayEndsMs(),
            hash(in.droppedHigh(), in.droppedLow()));
      }
      case AddressesForgottenDecoder.TEMPLATE_ID ->
          new AddressesForgotten(
              new AddressesForgottenDecoder()
                  .wrapAndApplyHeader(source, offset, header)
                  .dayEndsMs());
      default -> transfer(source, offset);
    };
  }

  private Event transfer(DirectBuffer source, int offset) {
    return switch (header.templateId()) {
      case ConfirmHandleDecoder.TEMPLATE_ID -> {
        var in = new ConfirmHandleDecoder().wrapAndApplyHeader(source, offset, header);
        yield new ConfirmHandle(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      case ReleaseHandleDecoder.TEMPLATE_ID -> {
        var in = new ReleaseHandleDecoder().wrapAndApplyHeader(source, offset, header);
        yield new ReleaseHandle(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      case AskClaimDecoder.TEMPLATE_ID -> {
        var in = new AskClaimDecoder().wrapAndApplyHeader(source, offset, header);
        yield new AskClaim(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      case PutOffClaimDecoder.TEMPLATE_ID -> {
        var in = new PutOffClaimDecoder().wrapAndApplyHeader(source, offset, header);
        yield new PutOffClaim(hash(in.hashHigh(), in.hashLow()), in.userId(), in.untilMs());
      }
      default -> throw new UnknownEventException(PersonCodec.SCHEMA_ID, header.templateId());
    };
  }

  private static String text(int length, VariableField field) {
    byte[] bytes = new byte[length];
    field.get(bytes, 0, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static HandleHash hash(long high, long low) {
    return new HandleHash(high, low);
  }
}
