// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.engine.Refusal;
import io.hongbao.http.PeopleMeters.Step;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonAnswer.HandleFound;
import io.hongbao.person.PersonCommand.FindHandle;
import io.hongbao.provider.sim.SimulatedSms;
import io.hongbao.provider.sms.CodeBook.Issue;
import io.hongbao.provider.sms.CodePurpose;
import io.hongbao.provider.sms.SmsMessage;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.Map;

/**
 * Codes to phones.
 *
 * <p>The answer says nothing about whether somebody has the phone: to one that nobody has no code
 * for a login goes out, and the answer and its limits are the same.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class SmsRoutes {

  private static final long RETRY_MS = 60_000;
  private static final Map<String, CodePurpose> PURPOSES = JsonRequest.wireNames(CodePurpose.class);

  private final EdgeParts parts;
  private final PeopleParts people;
  private final LoginSteps steps;

  SmsRoutes(EdgeParts parts) {
    this.parts = parts;
    this.people = parts.people();
    this.steps = new LoginSteps(parts);
  }

  void addTo(RouteTable routes) {
    routes.add(Route.post("/v1/auth/sms-codes", Access.PUBLIC, BodyRule.JSON, this::issue));
    if (parts.sandbox().isOn() && people.simulated() != null) {
      routes.add(
          Route.get(
              "/v1/sandbox/sms-messages", Access.SERVICE.needing(Scope.SANDBOX_WRITE), this::sent));
    }
  }

  private void issue(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String phone = PeopleFields.phone(body);
    CodePurpose purpose = body.choice("purpose", PURPOSES);
    body.end();
    if (!people.sms().canSend()) {
      notSent(exchange);
      return;
    }
    switch (people.codes().issue(phone, purpose, steps.address(exchange), exchange.nowMs())) {
      case Issue.TooSoon soon -> {
        steps.count(Step.CODE_TOO_SOON);
        exchange.refuse(
            new Refusal(RefusalCode.CODE_TOO_SOON, soon.nextAtMs() - exchange.nowMs()), false);
      }
      case Issue.Issued issued -> {
        if (purpose == CodePurpose.REGISTER) {
          send(exchange, phone, purpose, issued);
        } else {
          sendIfKnown(exchange, phone, purpose, issued);
        }
      }
    }
  }

  private void sendIfKnown(
      Exchange exchange, String phone, CodePurpose purpose, Issue.Issued issued) {
    var hash = people.handles().phone(phone);
    exchange.ask(
        steps.partitionOf(hash),
        new FindHandle(hash),
        HandleFound.class,
        (found, position, repeated) -> {
          if (found.userId() == 0) {
            people.codes().withdraw(phone);
            sent(exchange, issued);
          } else {
            send(exchange, phone, purpose, issued);
          }
        });
  }

  private void send(Exchange exchange, String phone, CodePurpose purpose, Issue.Issued issued) {
    exchange.await(
        people.sms().send(new SmsMessage(phone, purpose, issued.code(), exchange.nowMs())),
        isSent -> {
          if (isSent) {
            steps.count(Step.CODE_SENT);
            sent(exchange, issued);
          } else {
            people.codes().withdraw(phone);
            notSent(exchange);
          }
        });
  }

  private static void sent(Exchange exchange, Issue.Issued issued) {
    JsonWriter json = exchange.json().beginObject();
    json.name("expires_at").time(issued.expiresAtMs());
    json.name("next_at").time(issued.nextAtMs()).endObject();
    exchange.reply(202, json);
  }

  private void notSent(Exchange exchange) {
    steps.count(Step.CODE_NOT_SENT);
    exchange.refuse(new Refusal(RefusalCode.CODE_NOT_SENT, RETRY_MS), false);
  }

  private void sent(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    String phone = query.text("phone");
    query.end();
    if (!PeopleFields.isPhone(phone)) {
      throw QueryReader.wrong("phone", "must be a phone such as +8613800000001");
    }
    SimulatedSms simulated = people.simulated();
    JsonWriter json = exchange.json().beginObject().name("items").beginArray();
    if (simulated != null) {
      for (SmsMessage message : simulated.sentTo(phone)) {
        json.beginObject()
            .field("purpose", message.purpose().name().toLowerCase(Locale.ROOT))
            .field("code", message.code());
        json.name("sent_at").time(message.sentAtMs()).endObject();
      }
    }
    json.endArray().endObject();
    exchange.reply(200, json);
  }
}
