// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.person;

import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.model.Digest;
import io.hongbao.person.PersonAnswer.HandleFound;
import io.hongbao.person.PersonAnswer.HandleKept;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.FindHandle;
import io.hongbao.person.PersonCommand.RegisterPerson;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/** People on partitions in one thread, and the steps of an edge in short words. */
final class PersonBench {

  static final PersonLimits LIMITS = new PersonLimits(3, 5, 4, ZoneId.of("Asia/Shanghai"));
  static final String PASSWORD_HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";

  final PartitionHarness harness;

  PersonBench(int partitions, long seed) {
    harness = new PartitionHarness(partitions, seed, PersonFamily.factory(LIMITS));
  }

  static HandleHash name(String name) {
    return hash("name " + name);
  }

  static HandleHash phone(String phone) {
    return hash("phone " + phone);
  }

  static HandleHash external(String id) {
    return id.isEmpty() ? HandleHash.NONE : hash("external " + id);
  }

  static HandleHash hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new HandleHash(
        Digest.mix(Digest.start(200), bytes), Digest.mix(Digest.start(201), bytes));
  }

  private int partitionCount() {
    return harness.state(0).parts().partitionCount();
  }

  int partitionOf(PersonCommand command) {
    return switch (command) {
      case ClaimHandle c -> c.hash().partition(partitionCount());
      case DropClaim c -> c.hash().partition(partitionCount());
      case FindHandle c -> c.hash().partition(partitionCount());
      case PersonCommand.ReadAddress c -> c.hash().partition(partitionCount());
      case PersonCommand.FailAddress c -> c.hash().partition(partitionCount());
      case RegisterPerson c -> harness.partitionOf(c.userId());
      case ChangeProfile c -> harness.partitionOf(c.userId());
      case PersonCommand.ReadPerson c -> harness.partitionOf(c.userId());
      case PersonCommand.BeginAttempt c -> harness.partitionOf(c.userId());
      case PersonCommand.EndAttempt c -> harness.partitionOf(c.userId());
      case PersonCommand.ChangePassword c -> harness.partitionOf(c.userId());
      case PersonCommand.ReadLogin c -> harness.partitionOf(c.userId());
      case PersonCommand.GiveLogin c -> harness.partitionOf(c.userId());
      case PersonCommand.AskPassword c -> harness.partitionOf(c.userId());
      case PersonCommand.ForgiveAttempts c -> harness.partitionOf(c.userId());
    };
  }

  Heard ask(PersonCommand command) {
    return harness.ask(partitionOf(command), command);
  }

  Heard askHandle(PersonCommand command) {
    return ask(command);
  }

  Heard claim(HandleKind kind, HandleHash hash, long userId) {
    return ask(new ClaimHandle(kind, hash, userId));
  }

  Claim claimed(HandleKind kind, HandleHash hash, long userId) {
    return new Claim(hash, claim(kind, hash, userId).as(HandleKept.class).untilMs());
  }

  Heard register(long userId, String name, String phone) {
    return ask(
        registration(
            userId,
            name,
            claimed(HandleKind.NAME, name(name), userId),
            phone,
            claimed(HandleKind.PHONE, phone(phone), userId)));
  }

  Heard register(long userId, String name, Claim nameClaim, Claim phoneClaim) {
    return ask(registration(userId, name, nameClaim, "+1", phoneClaim));
  }

  static RegisterPerson registration(
      long userId, String name, Claim nameClaim, String phone, Claim phoneClaim) {
    String masked =
        phone.length() < 14 ? "****" : phone.substring(0, 6) + "****" + phone.substring(10);
    return new RegisterPerson(userId, name, nameClaim, masked, phoneClaim, PASSWORD_HASH, "");
  }

  Heard giveLogin(long userId, String name) {
    return giveLogin(userId, name, claimed(HandleKind.NAME, name(name), userId));
  }

  Heard giveLogin(long userId, String name, Claim claim) {
    return ask(new PersonCommand.GiveLogin(userId, name, claim, PASSWORD_HASH + name));
  }

  Heard externalId(long userId, String id) {
    return externalId(userId, id, claimed(HandleKind.EXTERNAL_ID, external(id), userId));
  }

  Heard externalId(long userId, String id, Claim claim) {
    return ask(new ChangeProfile(userId, id, claim, null, null, null));
  }

  long ownerOf(HandleHash hash) {
    return ask(new FindHandle(hash)).as(HandleFound.class).userId();
  }

  Handle handle(HandleHash hash) {
    return state(hash.partition(partitionCount())).handleAt(hash);
  }

  Person person(long userId) {
    return state(harness.partitionOf(userId)).person(userId);
  }

  People state(int partition) {
    return harness.family(partition, PersonFamily.class).state();
  }

  void checkAll() {
    harness.checkRebuild();
  }
}
