// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Event;
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
import io.hongbao.person.codec.AddressFailedEncoder;
import io.hongbao.person.codec.AddressesForgottenEncoder;
import io.hongbao.person.codec.AskClaimEncoder;
import io.hongbao.person.codec.AttemptBegunEncoder;
import io.hongbao.person.codec.AttemptSucceededEncoder;
import io.hongbao.person.codec.AttemptsForgivenEncoder;
import io.hongbao.person.codec.ClaimAnsweredEncoder;
import io.hongbao.person.codec.ClaimProlongedEncoder;
import io.hongbao.person.codec.ClaimQuestionedEncoder;
import io.hongbao.person.codec.ConfirmHandleEncoder;
import io.hongbao.person.codec.HandleClaimedEncoder;
import io.hongbao.person.codec.HandleConfirmedEncoder;
import io.hongbao.person.codec.HandleReleasedEncoder;
import io.hongbao.person.codec.LoginGivenEncoder;
import io.hongbao.person.codec.MessageHeaderEncoder;
import io.hongbao.person.codec.PasswordChangedEncoder;
import io.hongbao.person.codec.PersonRegisteredEncoder;
import io.hongbao.person.codec.ProfileChangedEncoder;
import io.hongbao.person.codec.PutOffClaimEncoder;
import io.hongbao.person.codec.ReleaseHandleEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/** Writes events and transfers of people as SBE; part of {@link PersonCodec}. */
final class PersonEncoding {

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  int encode(Event event, MutableDirectBuffer target, int offset) {
    int body =
        switch (event) {
          case PersonEvent.OfPerson e -> ofPerson(e, target, offset);
          case PersonEvent.OfHandle e -> ofHandle(e, target, offset);
          case AddressFailed e ->
              new AddressFailedEncoder()
                  .wrapAndApplyHeader(target, offset, header)
                  .hashHigh(e.hash().high())
                  .hashLow(e.hash().low())
                  .dayEndsMs(e.dayEndsMs())
                  .droppedHigh(e.dropped().high())
                  .droppedLow(e.dropped().low())
                  .encodedLength();
          case AddressesForgotten e ->
              new AddressesForgottenEncoder()
                  .wrapAndApplyHeader(target, offset, header)
                  .dayEndsMs(e.dayEndsMs())
                  .encodedLength();
          case PersonTransfer t -> transfer(t, target, offset);
          default -> throw new IllegalArgumentException("not an event of people: " + event);
        };
    return MessageHeaderEncoder.ENCODED_LENGTH + body;
  }

  private int ofPerson(PersonEvent.OfPerson event, MutableDirectBuffer target, int offset) {
    return switch (event) {
      case PersonRegistered e -> registered(e, target, offset);
      case ProfileChanged e -> profile(e, target, offset);
      case PasswordChanged e -> {
        var out = new PasswordChangedEncoder().wrapAndApplyHeader(target, offset, header);
        out.userId(e.userId()).cause((short) e.cause().number());
        byte[] hash = bytes(e.passwordHash());
        yield out.putPasswordHash(hash, 0, hash.length).encodedLength();
      }
      case AttemptBegun e ->
          new AttemptBegunEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .userId(e.userId())
              .dayEndsMs(e.dayEndsMs())
              .encodedLength();
      case AttemptSucceeded e ->
          new AttemptSucceededEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .userId(e.userId())
              .encodedLength();
      case AttemptsForgiven e -> {
        var out = new AttemptsForgivenEncoder().wrapAndApplyHeader(target, offset, header);
        byte[] actor = bytes(e.actor());
        yield out.userId(e.userId()).putActor(actor, 0, actor.length).encodedLength();
      }
      case LoginGiven e -> {
        var out = new LoginGivenEncoder().wrapAndApplyHeader(target, offset, header);
        out.userId(e.userId()).nameHigh(e.nameHash().high()).nameLow(e.nameHash().low());
        out.nameUntilMs(e.nameUntilMs());
        byte[] name = bytes(e.userName());
        byte[] hash = bytes(e.passwordHash());
        yield out.putUserName(name, 0, name.length)
            .putPasswordHash(hash, 0, hash.length)
            .encodedLength();
      }
      case ClaimAnswered e ->
          new ClaimAnsweredEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .verdict((short) e.verdict().number())
              .encodedLength();
    };
  }

  private int registered(PersonRegistered e, MutableDirectBuffer target, int offset) {
    var out = new PersonRegisteredEncoder().wrapAndApplyHeader(target, offset, header);
    out.userId(e.userId()).nameHigh(e.nameHash().high()).nameLow(e.nameHash().low());
    out.nameUntilMs(e.nameUntilMs());
    out.phoneHigh(e.phoneHash().high()).phoneLow(e.phoneHash().low());
    out.phoneUntilMs(e.phoneUntilMs());
    byte[] name = bytes(e.userName());
    byte[] phone = bytes(e.phoneMasked());
    byte[] password = bytes(e.passwordHash());
    byte[] nickname = bytes(e.nickname());
    return out.putUserName(name, 0, name.length)
        .putPhoneMasked(phone, 0, phone.length)
        .putPasswordHash(password, 0, password.length)
        .putNickname(nickname, 0, nickname.length)
        .encodedLength();
  }

  private int profile(ProfileChanged e, MutableDirectBuffer target, int offset) {
    var out = new ProfileChangedEncoder().wrapAndApplyHeader(target, offset, header);
    out.userId(e.userId()).externalHigh(e.externalHash().high());
    out.externalLow(e.externalHash().low()).externalUntilMs(e.externalUntilMs());
    byte[] external = bytes(e.profile().externalId());
    byte[] nickname = bytes(e.profile().nickname());
    byte[] avatar = bytes(e.profile().avatarUrl());
    byte[] city = bytes(e.profile().city());
    return out.putExternalId(external, 0, external.length)
        .putNickname(nickname, 0, nickname.length)
        .putAvatarUrl(avatar, 0, avatar.length)
        .putCity(city, 0, city.length)
        .encodedLength();
  }

  private int ofHandle(PersonEvent.OfHandle event, MutableDirectBuffer target, int offset) {
    return switch (event) {
      case HandleClaimed e ->
          new HandleClaimedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
      case HandleConfirmed e ->
          new HandleConfirmedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
      case HandleReleased e ->
          new HandleReleasedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
      case ClaimQuestioned e ->
          new ClaimQuestionedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
      case ClaimProlonged e ->
          new ClaimProlongedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
    };
  }

  private int transfer(PersonTransfer transfer, MutableDirectBuffer target, int offset) {
    return switch (transfer) {
      case ConfirmHandle e ->
          new ConfirmHandleEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
      case ReleaseHandle e ->
          new ReleaseHandleEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
      case AskClaim e ->
          new AskClaimEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
      case PutOffClaim e ->
          new PutOffClaimEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .hashHigh(e.hash().high())
              .hashLow(e.hash().low())
              .userId(e.userId())
              .untilMs(e.untilMs())
              .encodedLength();
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
