// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.model.Digest;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A family that does what a test tells it, for looking at the engine alone.
 *
 * <p>Its state is the list of what was noted; a gift notes something in another partition.
 */
final class ScriptFamily implements Family {

  static final int SCHEMA_ID = 9;

  /** Does something with the decision. */
  record Do(Consumer<Decision> step) implements Command {
    @Override
    public int recordBytesMax() {
      return 16_384;
    }

    @Override
    public int schemaId() {
      return SCHEMA_ID;
    }
  }

  /** The same under a key. */
  record DoOnce(ClientKey key, Consumer<Decision> step) implements KeyedCommand {
    @Override
    public int schemaId() {
      return SCHEMA_ID;
    }
  }

  /** Something was noted; the size pads its bytes. */
  record Noted(long number, int paddingBytes) implements Event {}

  /** A gift is on its way. */
  record Given(int destination, Gift gift) implements Event {}

  /** Notes its number where it arrives. */
  record Gift(long number, int paddingBytes) implements Transfer {
    @Override
    public int schemaId() {
      return SCHEMA_ID;
    }

    @Override
    public int asset() {
      return 1;
    }

    @Override
    public long amountMinor() {
      return 0;
    }

    @Override
    public int recordBytesMax() {
      return 64 + paddingBytes;
    }

    @Override
    public long digest() {
      return Digest.mix(Digest.start(200), number);
    }

    @Override
    public long wakes() {
      return 0;
    }
  }

  /** What the command led to. */
  record Done(long number) implements Answer {}

  final PartitionParts parts;
  final List<Long> noted = new ArrayList<>();
  BiConsumer<Transfer, Decision> onReceive =
      (transfer, decision) ->
          decision.emit(new Noted(((Gift) transfer).number(), ((Gift) transfer).paddingBytes()));
  @Nullable Consumer<Decision> onTimer;

  private ScriptFamily(PartitionParts parts) {
    this.parts = parts;
  }

  static Family.Factory factory() {
    return ScriptFamily::new;
  }

  @Override
  public EventCodec codec() {
    return new Codec();
  }

  @Override
  public void decide(Command command, Decision decision) {
    switch (command) {
      case Do c -> c.step().accept(decision);
      case DoOnce c -> c.step().accept(decision);
      default -> throw new IllegalArgumentException("not a command of the script");
    }
  }

  @Override
  public void recall(KeyedCommand command, long resultId, Decision decision) {
    decision.answer(new Done(resultId));
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    switch (event) {
      case Noted e -> {
        noted.add(e.number());
        parts.stateHash().add(Digest.mix(Digest.start(201), e.number()));
      }
      case Given e -> parts.outbox().add(e.destination(), e.gift(), stamp.position());
      default -> throw new IllegalArgumentException("not an event of the script");
    }
  }

  @Override
  public void receive(Transfer transfer, Decision decision) {
    onReceive.accept(transfer, decision);
  }

  @Override
  public void timer(int kind, long id, Decision decision) {
    if (onTimer != null) {
      onTimer.accept(decision);
    }
  }

  @Override
  public void save(SnapshotOutput output) {
    output.putInt(noted.size());
    noted.forEach(output::putLong);
  }

  @Override
  public void load(SnapshotInput input) {
    for (int left = input.getInt(); left > 0; left--) {
      apply(new Noted(input.getLong(), 0), new Stamp());
    }
  }

  private static final class Codec implements EventCodec {

    private static final int BODY_BYTES = 8 + 8 + 4 + 4;

    @Override
    public int schemaId() {
      return SCHEMA_ID;
    }

    @Override
    public int encode(Event event, MutableDirectBuffer target, int offset) {
      return switch (event) {
        case Noted e -> put(target, offset, 1, e.number(), 0, e.paddingBytes());
        case Given e ->
            put(target, offset, 2, e.gift().number(), e.destination(), e.gift().paddingBytes());
        case Gift e -> put(target, offset, 3, e.number(), 0, e.paddingBytes());
        default -> throw new IllegalArgumentException("not of the script");
      };
    }

    private static int put(
        MutableDirectBuffer target, int at, int template, long number, int place, int padding) {
      target.putShort(at, (short) BODY_BYTES, ByteOrder.LITTLE_ENDIAN);
      target.putShort(at + 2, (short) template, ByteOrder.LITTLE_ENDIAN);
      target.putShort(at + 4, (short) SCHEMA_ID, ByteOrder.LITTLE_ENDIAN);
      target.putShort(at + 6, (short) 1, ByteOrder.LITTLE_ENDIAN);
      target.putLong(at + 8, number, ByteOrder.LITTLE_ENDIAN);
      target.putInt(at + 16, place, ByteOrder.LITTLE_ENDIAN);
      target.putInt(at + 20, padding, ByteOrder.LITTLE_ENDIAN);
      target.setMemory(at + BODY_BYTES, padding, (byte) 7);
      return BODY_BYTES + padding;
    }

    @Override
    public Event decode(DirectBuffer source, int at, int lengthBytes) {
      long number = source.getLong(at + 8, ByteOrder.LITTLE_ENDIAN);
      int place = source.getInt(at + 16, ByteOrder.LITTLE_ENDIAN);
      int padding = source.getInt(at + 20, ByteOrder.LITTLE_ENDIAN);
      return switch (source.getShort(at + 2, ByteOrder.LITTLE_ENDIAN)) {
        case 1 -> new Noted(number, padding);
        case 2 -> new Given(place, new Gift(number, padding));
        default -> new Gift(number, padding);
      };
    }
  }
}
