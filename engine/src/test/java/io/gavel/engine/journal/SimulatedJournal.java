package io.gavel.engine.journal;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A journal on a {@link SimulatedDisk}: frame behind frame, each group written, read back and, at DISK, synced before
 * its commit returns; every frame read goes through the house's own {@link FrameCheck}. A tail that is no frame and has
 * none behind it is cut; anything else that is no frame is damage. One launch, one thread.
 */
public final class SimulatedJournal implements Journal {

  private final SimulatedDisk disk;
  private final ExpandableArrayBuffer group = new ExpandableArrayBuffer(1 << 12);
  private int groupLength;
  private int end;
  private long appendedSequence;
  private long lastSequence;
  private long committedBytes;
  private boolean failed;

  public SimulatedJournal(final SimulatedDisk disk) {
    this.disk = disk;
  }

  @Override
  public JournalTailer tailer() {
    return new Tailer(disk);
  }

  @Override
  public void resume(final JournalTailer recovered) {
    final Tailer tailer = (Tailer) recovered;
    end = tailer.position;
    lastSequence = recovered.sequence();
    appendedSequence = lastSequence;
    if (null != recovered.tornTail()) {
      disk.cut(end);
    }
  }

  @Override
  public void confirm(final DurabilityLevel level) {
    if (DurabilityLevel.PROCESS != level) {
      disk.sync();
    }
  }

  @Override
  public void append(final DirectBuffer buffer, final int offset, final int length) {
    disk.pass("append");
    final long sequence = FrameFlyweight.sequenceOf(buffer, offset);
    Invariants.check(sequence == appendedSequence + 1, "sequence must follow", sequence, appendedSequence);
    group.putBytes(groupLength, buffer, offset, length);
    groupLength += length;
    appendedSequence = sequence;
  }

  @Override
  public void commit(final DurabilityLevel level) {
    if (failed) {
      throw new JournalFault("a journal that failed takes nothing more");
    }
    failed = true;
    disk.write(end, group, 0, groupLength);
    if (!disk.reads(end, group, 0, groupLength)) {
      // Nothing of the group was told: it must not stay, or its sound frames would make the next start refuse.
      disk.cut(end);
      throw new JournalFault("read back differs behind sequence " + lastSequence);
    }
    if (DurabilityLevel.PROCESS != level) {
      disk.sync();
    }
    failed = false;
    end += groupLength;
    committedBytes += groupLength;
    groupLength = 0;
    lastSequence = appendedSequence;
  }

  @Override
  public long lastSequence() {
    return lastSequence;
  }

  @Override
  public long committedBytes() {
    return committedBytes;
  }

  @Override
  public void close() {
    // Nothing is held; the bytes stay with the disk.
  }

  /** Reads the frames of a disk. */
  private static final class Tailer implements JournalTailer {

    private final SimulatedDisk disk;
    private final FrameCheck check = new FrameCheck();
    private int position;
    private int offset;
    private int length;
    private @Nullable String torn;

    Tailer(final SimulatedDisk disk) {
      this.disk = disk;
    }

    @Override
    public boolean next() {
      if (null != torn || isEmptyFrom(position)) {
        return false;
      }
      final String broken = check.accept(disk.bytes(), position, disk.length() - position);
      if (null != broken) {
        if (hasLaterFrame()) {
          throw new CorruptJournalException(check.sequence() + 1, "disk", broken + ", at byte " + position);
        }
        torn = broken;
        return false;
      }
      offset = position;
      length = FrameFlyweight.lengthOf(disk.bytes(), position);
      position += length;
      return true;
    }

    private boolean hasLaterFrame() {
      for (int at = position; at < disk.length(); at += FrameDescriptor.ALIGNMENT) {
        if (0 != disk.bytes().getInt(at) && check.isLaterFrame(disk.bytes(), at, disk.length() - at)) {
          return true;
        }
      }
      return false;
    }

    private boolean isEmptyFrom(final int from) {
      int at = from;
      while (at < disk.length() && 0 == disk.bytes().getByte(at)) {
        at++;
      }
      return at >= disk.length();
    }

    @Override
    public MutableDirectBuffer buffer() {
      return disk.bytes();
    }

    @Override
    public int offset() {
      return offset;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public long sequence() {
      return check.sequence();
    }

    @Override
    public long engineTimeNs() {
      return check.engineTimeNs();
    }

    @Override
    public long chain() {
      return check.chain();
    }

    @Override
    public String place() {
      return "disk, byte " + offset;
    }

    @Override
    public @Nullable String tornTail() {
      return torn;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
