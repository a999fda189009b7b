// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that does to its users what real disks do on bad days; for the simulator and for
 * tests.
 *
 * <p><b>Crash:</b> what was not forced is lost, kept or torn, page by page and name by name, as the
 * seed has it. Files that were open are dead afterwards; open them again.
 *
 * <p><b>Failure:</b> {@link #fail} lets one operation fail. After a failed force the pages that
 * were lost can still be read, and no later force saves them.
 *
 * <p><b>Thread:</b> any. The same calls in the same order give the same result for the same seed.
 */
public final class FaultyDisk implements Disk {

  /** What can fail, and what counts as a step for {@link #crashAfter}. */
  public enum Operation {
    CREATE,
    OPEN,
    READ,
    WRITE,
    FORCE,
    RENAME,
    DELETE,
    FORCE_DIRECTORY;

    private boolean changesDisk() {
      return this != OPEN && this != READ;
    }
  }

  /** A change of names that is not durable: {@code to} gets the content, {@code from} goes. */
  private record NameChange(
      @Nullable String from, @Nullable String to, @Nullable FaultyContent content) {}

  private final SplittableRandom chance;
  private final Map<String, FaultyContent> seen = new TreeMap<>();
  private final Map<String, FaultyContent> durable = new TreeMap<>();
  private final List<NameChange> unforced = new ArrayList<>();
  private final CrashScars scars = new CrashScars();
  private final Map<Operation, Integer> failures = new EnumMap<>(Operation.class);
  private long sizeBytesMax = Long.MAX_VALUE;
  private long operations;
  private long crashAtOperation = Long.MAX_VALUE;
  private boolean crashed;
  private int powerOns;

  public FaultyDisk(long seed) {
    this.chance = new SplittableRandom(seed);
  }

  /** Takes the power away and gives it back: only what survives is there from now on. */
  public synchronized void crash() {
    for (NameChange change : unforced) {
      if (chance.nextBoolean()) {
        apply(change, durable);
      } else {
        scars.count(CrashScars.Kind.NAME_LOST);
      }
    }
    unforced.clear();
    seen.clear();
    seen.putAll(durable);
    durable.values().forEach(content -> content.leaveCopies(chance, scars));
    for (FaultyContent content : durable.values()) {
      if (content.isYoung()) {
        scars.count(CrashScars.Kind.CRASH_AFTER_ROLL);
      }
      content.crash(chance, scars);
    }
    crashAtOperation = Long.MAX_VALUE;
    crashed = false;
    powerOns++;
  }

  /**
   * Lets the power fail in the middle of a changing operation: every call fails from then on, until
   * {@link #crash} shows what is left.
   *
   * @param count changing operations that still succeed
   */
  public synchronized void crashAfter(long count) {
    crashAtOperation = operations + count + 1;
  }

  /** Lets an operation of that kind fail once, after so many that succeed. */
  public synchronized void fail(Operation operation, int afterCount) {
    failures.put(operation, afterCount);
  }

  /** Nothing that was prepared to fail fails any more. */
  public synchronized void heal() {
    failures.clear();
    crashAtOperation = Long.MAX_VALUE;
  }

  /** A copy of all that is there, for {@link #becomes}. */
  public synchronized FaultyDisk copy() {
    FaultyDisk copy = new FaultyDisk(0);
    for (Map.Entry<String, FaultyContent> one : seen.entrySet()) {
      FaultyContent content = one.getValue().copy();
      copy.seen.put(one.getKey(), content);
      copy.durable.put(one.getKey(), content);
    }
    return copy;
  }

  /** Takes over what the copy holds, as durable; files that were open are dead. */
  public synchronized void becomes(FaultyDisk copy) {
    seen.clear();
    durable.clear();
    unforced.clear();
    seen.putAll(copy.seen);
    durable.putAll(copy.durable);
    crashed = false;
    heal();
    powerOns++;
  }

  public synchronized long sizeBytes(String name) throws IOException {
    return content(name).sizeBytes();
  }

  /** Limits the sum of all file sizes. */
  public synchronized void limitBytes(long bytes) {
    sizeBytesMax = bytes;
  }

  /** Changes one bit as a bad medium does: unnoticed. */
  public synchronized void flipBit(String name, long offset, int bit) throws IOException {
    content(name).flipBit(offset, bit);
  }

  /** What crashes and errors have done. */
  public CrashScars scars() {
    return scars;
  }

  /** Changing operations since the beginning. */
  public synchronized long operations() {
    return operations;
  }

  public synchronized boolean hasCrashed() {
    return crashed;
  }

  @Override
  public synchronized DiskFile create(String name, long sizeBytes) throws IOException {
    begin(Operation.CREATE);
    if (seen.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    checkSpace(sizeBytes);
    FaultyContent content = new FaultyContent();
    content.grow(sizeBytes);
    change(new NameChange(null, name, content));
    end();
    return new OpenFile(name, content, true);
  }

  @Override
  public synchronized DiskFile open(String name) throws IOException {
    begin(Operation.OPEN);
    return new OpenFile(name, content(name), true);
  }

  @Override
  public synchronized DiskFile openForRead(String name) throws IOException {
    begin(Operation.OPEN);
    return new OpenFile(name, content(name), false);
  }

  @Override
  public synchronized boolean exists(String name) throws IOException {
    begin(Operation.OPEN);
    return seen.containsKey(name);
  }

  @Override
  public synchronized List<String> list(String directory) throws IOException {
    begin(Operation.OPEN);
    return seen.keySet().stream().filter(name -> directoryOf(name).equals(directory)).toList();
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    begin(Operation.RENAME);
    FaultyContent content = content(from);
    content.named();
    change(new NameChange(from, to, content));
    end();
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    begin(Operation.DELETE);
    content(name).discard(scars);
    change(new NameChange(name, null, null));
    end();
  }

  @Override
  public synchronized void forceDirectory(String directory) throws IOException {
    begin(Operation.FORCE_DIRECTORY);
    end();
    List<NameChange> kept = new ArrayList<>();
    for (NameChange change : unforced) {
      if (touches(change.from, directory) || touches(change.to, directory)) {
        apply(change, durable);
      } else {
        kept.add(change);
      }
    }
    unforced.clear();
    unforced.addAll(kept);
  }

  private static boolean touches(@Nullable String name, String directory) {
    return name != null && directoryOf(name).equals(directory);
  }

  private static String directoryOf(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "" : name.substring(0, slash);
  }

  private void change(NameChange change) {
    apply(change, seen);
    unforced.add(change);
  }

  private static void apply(NameChange change, Map<String, FaultyContent> names) {
    if (change.from != null) {
      names.remove(change.from);
    }
    if (change.to != null && change.content != null) {
      names.put(change.to, change.content);
    }
  }

  private FaultyContent content(String name) throws NoSuchFileException {
    FaultyContent content = seen.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return content;
  }

  private void checkSpace(long moreBytes) throws IOException {
    long sum = moreBytes;
    for (FaultyContent content : seen.values()) {
      sum += content.sizeBytes();
    }
    if (sum > sizeBytesMax) {
      throw new IOException("No space left on device");
    }
  }

  private void begin(Operation operation) throws IOException {
    if (crashed) {
      throw new DiskCrashedException();
    }
    if (operation.changesDisk()) {
      operations++;
    }
    Integer left = failures.get(operation);
    if (left == null) {
      return;
    }
    if (left > 0) {
      failures.put(operation, left - 1);
      return;
    }
    failures.remove(operation);
    throw new InjectedFailure(operation);
  }

  /** The operation at which the power fails has done its work, as far as nobody waits for it. */
  private void end() throws IOException {
    if (operations >= crashAtOperation) {
      crashed = true;
      throw new DiskCrashedException();
    }
  }

  private static final class InjectedFailure extends IOException {

    private static final long serialVersionUID = 1L;

    InjectedFailure(Operation operation) {
      super("input/output error on " + operation);
    }
  }

  private final class OpenFile implements DiskFile {

    private final String name;
    private final FaultyContent content;
    private final boolean writable;
    private final int openedAt = powerOns;
    private boolean closed;

    OpenFile(String name, FaultyContent content, boolean writable) {
      this.name = name;
      this.content = content;
      this.writable = writable;
    }

    private void use(Operation operation) throws IOException {
      if (closed || openedAt != powerOns) {
        throw new IOException("the file " + name + " is closed");
      }
      begin(operation);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long sizeBytes() throws IOException {
      synchronized (FaultyDisk.this) {
        use(Operation.READ);
        return content.sizeBytes();
      }
    }

    @Override
    public void write(long offset, ByteBuffer source) throws IOException {
      synchronized (FaultyDisk.this) {
        if (!writable) {
          throw new IOException("the file " + name + " is open for reading only");
        }
        try {
          use(Operation.WRITE);
          checkSpace(Math.max(0, offset + source.remaining() - content.sizeBytes()));
        } catch (InjectedFailure e) {
          int bytes = chance.nextInt(source.remaining() + 1);
          if (bytes > 0 && bytes < source.remaining()) {
            scars.count(CrashScars.Kind.SHORT_WRITE);
          }
          source.limit(source.position() + bytes);
          content.write(offset, source);
          throw e;
        }
        content.write(offset, source);
        end();
      }
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
      synchronized (FaultyDisk.this) {
        use(Operation.READ);
        return content.read(offset, target);
      }
    }

    @Override
    public void force() throws IOException {
      synchronized (FaultyDisk.this) {
        try {
          use(Operation.FORCE);
        } catch (InjectedFailure e) {
          content.forceAndFail(chance);
          throw e;
        }
        end();
        content.force();
      }
    }

    @Override
    public void close() {
      synchronized (FaultyDisk.this) {
        closed = true;
      }
    }
  }
}
