// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import io.hongbao.engine.Event;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.EnvelopeWriter;
import io.hongbao.feed.FamilyFeed;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes the envelope of an event, in the contract's words.
 *
 * <p><b>Thread:</b> one reader's.
 */
public final class EventJson implements EnvelopeWriter, DataWriter {

  private final AssetTable assets;
  private final JsonWriter json = new JsonWriter();

  public EventJson(AssetTable assets) {
    this.assets = assets;
  }

  @Override
  public byte[] write(Stamped stamped, FamilyFeed family, Event event) {
    json.reset().beginObject().field("id", stamped.id());
    json.field("cursor", stamped.place().text()).field("type", stamped.type().name());
    json.name("time").time(stamped.timeMs());
    json.name("position").position(stamped.partition(), stamped.sequence());
    json.name("subject").beginObject().field("kind", stamped.type().subjectKind());
    json.name("id").id(stamped.subjectId()).endObject();
    json.name("data").beginObject();
    family.write(event, this);
    return json.endObject().endObject().toBytes();
  }

  /** The data alone, and what is added to it. */
  byte[] data(FamilyFeed family, Event event, Consumer<JsonWriter> more) {
    json.reset().beginObject();
    family.write(event, this);
    more.accept(json);
    return json.endObject().toBytes();
  }

  @Override
  public DataWriter id(String name, long id) {
    json.name(name).id(id);
    return this;
  }

  @Override
  public DataWriter ids(String name, List<Long> ids) {
    json.name(name).beginArray();
    ids.forEach(json::id);
    json.endArray();
    return this;
  }

  @Override
  public DataWriter text(String name, String text) {
    json.field(name, text);
    return this;
  }

  @Override
  public DataWriter number(String name, long number) {
    json.field(name, number);
    return this;
  }

  @Override
  public DataWriter flag(String name, boolean flag) {
    json.field(name, flag);
    return this;
  }

  @Override
  public DataWriter time(String name, long epochMs) {
    json.name(name).time(epochMs);
    return this;
  }

  @Override
  public DataWriter money(String name, int asset, long amountMinor) {
    json.name(name).money(assets.code(asset), amountMinor);
    return this;
  }

  @Override
  public DataWriter asset(String name, int asset) {
    json.field(name, assets.code(asset));
    return this;
  }

  @Override
  public DataWriter begin(String name) {
    json.name(name).beginObject();
    return this;
  }

  @Override
  public DataWriter end() {
    json.endObject();
    return this;
  }

  @Override
  public DataWriter beginList(String name) {
    json.name(name).beginArray();
    return this;
  }

  @Override
  public DataWriter beginItem() {
    json.beginObject();
    return this;
  }

  @Override
  public DataWriter endList() {
    json.endArray();
    return this;
  }
}
