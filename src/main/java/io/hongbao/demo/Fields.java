// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of an answer and says which one is not as the contract has it.
 *
 * @param call what was asked, for the sentence
 */
record Fields(Call call, JsonObject json) {

  String text(String name) throws UnexpectedAnswerException {
    if (json.getValue(name) instanceof String text) {
      return text;
    }
    throw unfit(name, "a string");
  }

  String textOr(String name, String otherwise) throws UnexpectedAnswerException {
    return json.containsKey(name) ? text(name) : otherwise;
  }

  long number(String name) throws UnexpectedAnswerException {
    Object value = json.getValue(name);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw unfit(name, "an integer");
  }

  long numberOr(String name, long otherwise) throws UnexpectedAnswerException {
    return json.containsKey(name) ? number(name) : otherwise;
  }

  boolean flag(String name) throws UnexpectedAnswerException {
    if (json.getValue(name) instanceof Boolean flag) {
      return flag;
    }
    throw unfit(name, "true or false");
  }

  /** The minor units of an amount in {@link Money#ASSET}. */
  long money(String name) throws UnexpectedAnswerException {
    Fields amount = object(name);
    if (!amount.text("asset").equals(Money.ASSET)) {
      throw unfit(name, "an amount in " + Money.ASSET);
    }
    return amount.number("amount");
  }

  long moneyOr(String name, long otherwise) throws UnexpectedAnswerException {
    return json.containsKey(name) ? money(name) : otherwise;
  }

  Fields object(String name) throws UnexpectedAnswerException {
    if (json.getValue(name) instanceof JsonObject object) {
      return new Fields(call, object);
    }
    throw unfit(name, "an object");
  }

  @Nullable Fields objectOrNull(String name) throws UnexpectedAnswerException {
    return json.containsKey(name) ? object(name) : null;
  }

  List<Fields> objects(String name) throws UnexpectedAnswerException {
    if (!(json.getValue(name) instanceof JsonArray array)) {
      throw unfit(name, "a list");
    }
    List<Fields> objects = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (!(array.getValue(i) instanceof JsonObject object)) {
        throw unfit(name, "a list of objects");
      }
      objects.add(new Fields(call, object));
    }
    return objects;
  }

  private UnexpectedAnswerException unfit(String name, String expected) {
    return new UnexpectedAnswerException(
        "the answer to %s has %s for \"%s\", the contract says %s"
            .formatted(call, json.getValue(name), name, expected));
  }
}
