// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every public type, and which message of which schema it is.
 *
 * <p><b>Thread:</b> any; immutable.
 *
 * <p><b>Invariant:</b> what stands in no list is not shown.
 */
public final class EventCatalog {

  private final List<EventType> types = new ArrayList<>();
  private final Map<String, EventType> byName = new LinkedHashMap<>();
  private final Map<Integer, EventType> byTemplate = new HashMap<>();
  private final Map<Integer, String> hidden = new HashMap<>();
  private final TypeFilter everything;

  public EventCatalog(Collection<? extends FamilyFeed> families) {
    for (FamilyFeed family : families) {
      for (Template template : family.templates()) {
        add(key(family.codec().schemaId(), template.templateId()), template);
      }
    }
    BitSet all = new BitSet();
    all.set(0, types.size());
    everything = new TypeFilter(all);
  }

  private void add(int key, Template template) {
    Check.that(!byTemplate.containsKey(key) && !hidden.containsKey(key), "a template stands once");
    switch (template) {
      case Template.Hidden it -> hidden.put(key, it.reason());
      case Template.Shown it -> {
        EventType type = new EventType(types.size(), it.name(), it.subjectKind());
        types.add(type);
        byTemplate.put(key, type);
        Check.that(byName.put(it.name(), type) == null, "a type's name stands once");
      }
    }
  }

  private static int key(int schemaId, int templateId) {
    return schemaId << 16 | templateId;
  }

  public List<EventType> types() {
    return List.copyOf(types);
  }

  /** The type of a message; null when it is not shown. */
  public @Nullable EventType type(int schemaId, int templateId) {
    return byTemplate.get(key(schemaId, templateId));
  }

  /** The type of that name, or null. */
  public @Nullable EventType find(String name) {
    return byName.get(name);
  }

  /** Why a message is not shown; null when it is, or when nobody has thought of it. */
  public @Nullable String reasonToHide(int schemaId, int templateId) {
    return hidden.get(key(schemaId, templateId));
  }

  public TypeFilter everything() {
    return everything;
  }

  /**
   * A filter by names; {@code red_packet.*} stands for all types that begin so, {@code *} for all.
   *
   * @return null when one of the names fits no type
   */
  public @Nullable TypeFilter filter(Collection<String> names) {
    BitSet wanted = new BitSet();
    for (String name : names) {
      boolean isOpen = name.equals("*") || name.endsWith(".*");
      String prefix = isOpen ? name.substring(0, name.length() - 1) : name;
      boolean isKnown = false;
      for (EventType type : types) {
        if (isOpen ? type.name().startsWith(prefix) : type.name().equals(name)) {
          wanted.set(type.index());
          isKnown = true;
        }
      }
      if (!isKnown) {
        return null;
      }
    }
    return new TypeFilter(wanted);
  }
}
