// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.live.Tail;
import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The readers of one room, one wire and one density on one loop, and the frames that they share.
 *
 * <p>A pass gives every reader what it has not got: one write for each frame, one flush. It runs in
 * pieces; frames that come meanwhile are taken along. Who cannot take more keeps its place and is
 * served again when its socket can; when its frames are gone by then, it hears of the range, with
 * the money in it.
 *
 * <p><b>Invariant:</b> what a reader has got and what it was told it lost are together the log from
 * where it began, exactly.
 *
 * <p><b>Thread:</b> the loop's.
 */
final class Lane {

  private static final int PLACES_MIN = 4;

  /** Entries that a reader who comes back gets at most; older ones it may fetch. */
  static final int RESUME_MAX = 2_000;

  private final LoopRoom room;
  private final int index;
  private final FrameRing ring;
  private final LanePast past;
  private final List<Member> waiting = new ArrayList<>();
  private @Nullable Member[] members = new @Nullable Member[PLACES_MIN];
  private int size;
  private int laggingCount;
  private boolean isAsked;
  private boolean isAttached;
  private long epoch;
  private long lastSequence;
  private long moneyBytes;
  private int passAt = -1;
  private boolean passesAgain;

  Lane(LoopRoom room, int index) {
    this.room = room;
    this.index = index;
    this.ring = new FrameRing(room.loop().limits().ringBytes());
    this.past = new LanePast(room, index);
  }

  int index() {
    return index;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0 && waiting.isEmpty();
  }

  /** Lets somebody in; it begins when the room's owner has said where the lane stands. */
  void join(Member member) {
    if (isAttached) {
      begin(member);
      return;
    }
    waiting.add(member);
    if (!isAsked) {
      isAsked = true;
      room.hub().attach(room.loop().index(), index);
    }
  }

  /** From now on frames come, beginning behind this sequence. */
  void attached(long logEpoch, long sequence) {
    if (isAttached && sequence > lastSequence) {
      // What lies between went to nobody here: a lane of this number had just ended, or the queue
      // was full. Nobody shall wait for the next frame to hear of it.
      ring.skip();
      lastSequence = sequence;
      pass();
    }
    if (isAttached || !isAsked) {
      return;
    }
    isAttached = true;
    epoch = logEpoch;
    lastSequence = sequence;
    List<Member> all = List.copyOf(waiting);
    waiting.clear();
    for (Member member : all) {
      if (member.connection.isOpen()) {
        begin(member);
      }
    }
  }

  private void begin(Member member) {
    if (size == members.length) {
      members = Arrays.copyOf(members, 2 * size);
    }
    member.index = size;
    members[size++] = member;
    Tail tail = room.loop().logs().tail(room.roomId());
    Opening opening = Opening.of(member.start, epoch, tail.firstSequence(), lastSequence);
    member.lastSequence = opening.after();
    member.moneyBytes = moneyBytes;
    member.nextFrame = ring.next();
    member.connection.joined(member, epoch, opening, lastSequence);
    if (opening.after() < lastSequence) {
      member.isResuming = true;
      lag(member);
      if (opening.shedTo() <= opening.after() || shed(member, opening.shedTo())) {
        catchUp(member);
      }
    }
  }

  /** Adds those who read for a user, or wait to. */
  void find(long userId, List<Member> found) {
    for (int i = 0; i < size; i++) {
      Member member = members[i];
      if (member != null && member.connection.userId() == userId) {
        found.add(member);
      }
    }
    for (Member member : waiting) {
      if (member.connection.userId() == userId) {
        found.add(member);
      }
    }
  }

  /** Takes somebody out. */
  void leave(Member member) {
    if (member.isLagging) {
      member.isLagging = false;
      laggingCount--;
    }
    if (member.index < 0) {
      waiting.remove(member);
    } else {
      remove(member);
    }
    if (isEmpty() && isAsked) {
      isAsked = false;
      isAttached = false;
      ring.clear();
      past.forget();
      room.hub().detach(room.loop().index(), index);
    } else {
      letGo();
    }
  }

  private void remove(Member member) {
    Member last = Check.present(members[--size], "member");
    int place = member.index;
    members[size] = null;
    member.index = -1;
    if (last != member) {
      members[place] = last;
      last.index = place;
      if (passAt > place && passAt <= size) {
        // The pass has gone by the place to which this one came.
        deliver(last);
      }
    }
    if (passAt > size) {
      passAt = size;
    }
  }

  /** Takes a frame over; its bytes are this lane's. */
  void append(Frame frame) {
    if (!isAttached || frame.to() <= lastSequence) {
      frame.bytes().release();
      return;
    }
    if (frame.from() != lastSequence + 1) {
      // The loop was too slow for its queue: everybody here has lost what lies between.
      ring.skip();
    }
    ring.add(frame);
    lastSequence = frame.to();
    moneyBytes += frame.moneyBytes();
    pass();
  }

  private void pass() {
    if (passAt < 0) {
      passAt = 0;
      room.loop().passes(this);
    } else {
      passesAgain = true;
    }
  }

  /**
   * Goes on with the pass.
   *
   * @return whether it is over
   */
  boolean step(int count) {
    int end = Math.min(size, passAt + count);
    while (passAt < end) {
      deliver(Check.present(members[passAt++], "member"));
      // Somebody may have been closed by that.
      end = Math.min(end, size);
    }
    if (passAt < size) {
      return false;
    }
    if (passesAgain) {
      passesAgain = false;
      passAt = 0;
      return size == 0 && over();
    }
    return over();
  }

  private boolean over() {
    passAt = -1;
    if (!ring.isEmpty()) {
      Frame newest = ring.get(ring.next() - 1);
      room.loop().meters().passed(room.loop().nowMs() - newest.atMs());
    }
    letGo();
    return true;
  }

  private void letGo() {
    if (laggingCount == 0 && passAt < 0) {
      ring.clear();
    }
  }

  private void deliver(Member member) {
    if (member.isLagging) {
      long waitingBytes = moneyBytes - member.moneyBytes;
      if (waitingBytes > room.loop().limits().outboxBytes() && member.connection.isOpen()) {
        room.loop().meters().countCutSlow();
        member.connection.end(CloseCode.TOO_SLOW, "too slow");
      }
    } else if (member.nextFrame < ring.next()) {
      write(member);
    }
  }

  private void write(Member member) {
    LiveConnection to = member.connection;
    if (member.nextFrame >= ring.first()) {
      while (member.nextFrame < ring.next() && to.isWritable()) {
        Frame frame = ring.get(member.nextFrame++);
        member.lastSequence = frame.to();
        room.loop().meters().delivered(frame.count(), frame.sizeBytes());
        to.write(frame.bytes().retainedDuplicate());
      }
      member.moneyBytes = moneyBytes;
    }
    if (member.nextFrame < ring.next()) {
      lag(member);
      if (to.isWritable()) {
        catchUp(member);
      }
    }
    to.flushSoon();
  }

  private void lag(Member member) {
    if (!member.isLagging) {
      member.isLagging = true;
      laggingCount++;
    }
  }

  /** Its socket can take more. */
  void catchUp(Member member) {
    LiveConnection to = member.connection;
    if (!member.isLagging || member.index < 0) {
      return;
    }
    if (member.isResuming && !replay(member)) {
      return;
    }
    if (member.nextFrame < ring.first() && !shed(member)) {
      return;
    }
    while (member.nextFrame < ring.next() && to.isWritable()) {
      Frame frame = ring.get(member.nextFrame++);
      member.lastSequence = frame.to();
      room.loop().meters().delivered(frame.count(), frame.sizeBytes());
      to.write(frame.bytes().retainedDuplicate());
    }
    if (member.nextFrame == ring.next()) {
      member.isLagging = false;
      member.moneyBytes = moneyBytes;
      laggingCount--;
      letGo();
    }
    to.flushSoon();
  }

  // From the log, until it has what the lane has; true when that is so.
  private boolean replay(Member member) {
    LiveConnection to = member.connection;
    while (member.lastSequence < lastSequence && to.isWritable()) {
      Frame frame = past.after(member.lastSequence, lastSequence);
      if (frame == null) {
        to.end(CloseCode.TOO_SLOW, "log is gone");
        return false;
      }
      member.lastSequence = frame.to();
      room.loop().meters().delivered(frame.count(), frame.sizeBytes());
      to.write(frame.bytes().retainedDuplicate());
    }
    to.flushSoon();
    if (member.lastSequence < lastSequence) {
      return false;
    }
    member.isResuming = false;
    member.nextFrame = ring.next();
    member.moneyBytes = moneyBytes;
    return true;
  }

  // The frames it wanted are gone.
  private boolean shed(Member member) {
    if (!shed(member, ring.isEmpty() ? lastSequence : ring.get(ring.first()).from() - 1)) {
      return false;
    }
    member.nextFrame = ring.first();
    return true;
  }

  // It hears what it lost, and gets what must not be lost: as much as its socket takes now.
  private boolean shed(Member member, long until) {
    LiveConnection to = member.connection;
    while (member.lastSequence < until) {
      if (!to.isWritable()) {
        to.flushSoon();
        return false;
      }
      Moment moment = past.shed(epoch, member.lastSequence, until);
      if (moment == null) {
        to.end(CloseCode.TOO_SLOW, "log is gone");
        return false;
      }
      member.lastSequence = moment.to();
      moment.leftOut().forEach(range -> room.loop().meters().countShed(range.count()));
      to.write(past.frameOf(moment).bytes());
    }
    return true;
  }
}
