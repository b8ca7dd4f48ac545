package io.gavel.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.Ids8Decoder;
import io.gavel.codecs.sbe.SetSecurityDecoder;
import io.gavel.engine.timer.DeadlineQueue;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which commands need two people, and those that wait for the second one or for their delay, with their bytes. Rows
 * stand in the order of the proposals. Absent from the state while nothing is set and nothing waits.
 */
final class Proposals implements StateOwner {

  static final int PROPOSALS_MAX = 64;
  static final int NULL_ROW = -1;
  /** A house that never said for how long a proposal waits, gives a day to what always needs two people. */
  static final long LIFE_NS_DEFAULT = 86_400_000_000_000L;

  private static final int ID = 0;
  private static final int SESSION = 1;
  private static final int PRINCIPAL = 2;
  private static final int APPROVER = 3;
  private static final int DEADLINE = 4;
  private static final int LENGTH = 5;
  private static final int WIDTH = 6;
  private static final int LIST_LENGTH = Ids8Decoder.ENCODED_LENGTH / Long.BYTES;
  private static final int ROOM = FrameDescriptor.FRAME_LENGTH_MAX;

  private final DeadlineQueue deadlines;
  private final long[] words = new long[PROPOSALS_MAX * WIDTH];
  private final int[] handles = new int[PROPOSALS_MAX];
  private final UnsafeBuffer frames = new UnsafeBuffer(new byte[PROPOSALS_MAX * ROOM]);
  private final long[] smallAssets = new long[LIST_LENGTH];
  private final long[] smallUnits = new long[LIST_LENGTH];
  private int size;
  private long dualTemplates;
  private long delayNs;
  private long timeToLiveNs;

  Proposals(final DeadlineQueue deadlines) {
    this.deadlines = deadlines;
  }

  void set(final SetSecurityDecoder command, final DirectBuffer buffer) {
    dualTemplates = command.dualTemplates();
    delayNs = command.delayNs();
    timeToLiveNs = command.timeToLiveNs();
    for (int i = 0; i < LIST_LENGTH; i++) {
      smallAssets[i] = buffer.getLong(command.assets().offset() + i * Long.BYTES, LITTLE_ENDIAN);
      smallUnits[i] = buffer.getLong(command.limitsUnits().offset() + i * Long.BYTES, LITTLE_ENDIAN);
    }
  }

  /** Whether commands of this kind need two people, as a rule. */
  boolean isDual(final int templateId) {
    return templateId < Long.SIZE && 0 != (dualTemplates >>> templateId & 1);
  }

  /** Whether an amount is so small that one person will do; of an asset that is not listed, none is. */
  boolean isSmall(final int assetId, final long units) {
    for (int i = 0; i < LIST_LENGTH; i++) {
      if (0 != assetId && assetId == smallAssets[i]) {
        return units <= smallUnits[i];
      }
    }
    return false;
  }

  long delayNs() {
    return delayNs;
  }

  boolean isFull() {
    return PROPOSALS_MAX == size;
  }

  /** Keeps a command until {@link #timeToLiveNs} is over; answers its row. */
  int add(final long id, final long session, final long principal, final FrameFlyweight frame, final long nowNs) {
    Invariants.check(!isFull(), "more proposals than fit: proposal, size", id, size);
    final int row = size++;
    final int at = row * WIDTH;
    words[at + ID] = id;
    words[at + SESSION] = session;
    words[at + PRINCIPAL] = principal;
    words[at + APPROVER] = 0;
    words[at + LENGTH] = frame.unsignedLength();
    frames.putBytes(row * ROOM, frame.buffer(), frame.offset(), frame.unsignedLength());
    // The signature was for its way in, and is in the journal.
    frames.putInt(row * ROOM + FrameDescriptor.LENGTH_OFFSET, frame.unsignedLength(), LITTLE_ENDIAN);
    frames.putByte(row * ROOM + FrameDescriptor.FLAGS_OFFSET, (byte) 0);
    final long lifeNs = 0 == timeToLiveNs ? LIFE_NS_DEFAULT : timeToLiveNs;
    schedule(row, Math.addExact(nowNs, Math.min(lifeNs, Long.MAX_VALUE - nowNs)));
    return row;
  }

  /** The second word has been given: from now on it waits for its delay. */
  void approve(final int row, final long session, final long nowNs) {
    words[row * WIDTH + APPROVER] = session;
    deadlines.cancel(handles[row]);
    schedule(row, Math.addExact(nowNs, Math.min(delayNs, Long.MAX_VALUE - nowNs)));
  }

  private void schedule(final int row, final long deadlineNs) {
    words[row * WIDTH + DEADLINE] = deadlineNs;
    handles[row] = deadlines.add(deadlineNs, words[row * WIDTH + ID], Rooms.PROPOSAL, 0);
    Invariants.check(DeadlineQueue.NULL_HANDLE != handles[row], "no room for a proposal's deadline: proposal, size",
        words[row * WIDTH + ID], size);
  }

  /** Its deadline is cancelled when it waits for one still. */
  void remove(final int row, final boolean waits) {
    if (waits) {
      deadlines.cancel(handles[row]);
    }
    size--;
    System.arraycopy(words, (row + 1) * WIDTH, words, row * WIDTH, (size - row) * WIDTH);
    System.arraycopy(handles, row + 1, handles, row, size - row);
    for (int moved = row; moved < size; moved++) {
      frames.putBytes(moved * ROOM, frames, (moved + 1) * ROOM, (int) words[moved * WIDTH + LENGTH]);
    }
  }

  int rowOf(final long id) {
    for (int row = 0; row < size; row++) {
      if (id == words[row * WIDTH + ID]) {
        return row;
      }
    }
    return NULL_ROW;
  }

  int size() {
    return size;
  }

  long id(final int row) {
    return words[row * WIDTH + ID];
  }

  /** Whose session proposed it. */
  long session(final int row) {
    return words[row * WIDTH + SESSION];
  }

  /** When its next step is due. */
  long deadlineNs(final int row) {
    return words[row * WIDTH + DEADLINE];
  }

  long principal(final int row) {
    return words[row * WIDTH + PRINCIPAL];
  }

  /** Whose session approved it; 0: nobody's yet. */
  long approver(final int row) {
    return words[row * WIDTH + APPROVER];
  }

  FrameFlyweight wrap(final FrameFlyweight frame, final int row) {
    return frame.wrap(frames, row * ROOM);
  }

  @Override
  public int componentId() {
    return 2009;
  }

  @Override
  public String componentName() {
    return "proposals";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == size && 0 == dualTemplates) {
      return;
    }
    sink.putLong(dualTemplates);
    sink.putLong(delayNs);
    sink.putLong(timeToLiveNs);
    for (int i = 0; i < LIST_LENGTH; i++) {
      sink.putLong(smallAssets[i]);
      sink.putLong(smallUnits[i]);
    }
    sink.putInt(size);
    for (int row = 0; row < size; row++) {
      for (int i = 0; i < WIDTH; i++) {
        sink.putLong(words[row * WIDTH + i]);
      }
      for (int i = 0; i < words[row * WIDTH + LENGTH]; i += Long.BYTES) {
        sink.putLong(frames.getLong(row * ROOM + i, LITTLE_ENDIAN));
      }
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    dualTemplates = source.getLong();
    delayNs = source.getLong();
    timeToLiveNs = source.getLong();
    for (int i = 0; i < LIST_LENGTH; i++) {
      smallAssets[i] = source.getLong();
      smallUnits[i] = source.getLong();
    }
    size = source.getInt();
    Invariants.check(size >= 0 && size <= PROPOSALS_MAX, "more proposals saved than fit: saved, fit", size,
        PROPOSALS_MAX);
    for (int row = 0; row < size; row++) {
      for (int i = 0; i < WIDTH; i++) {
        words[row * WIDTH + i] = source.getLong();
      }
      final long length = words[row * WIDTH + LENGTH];
      Invariants.check(length > 0 && length <= ROOM, "a saved proposal has no frame's length: length, most", length,
          ROOM);
      for (int i = 0; i < length; i += Long.BYTES) {
        frames.putLong(row * ROOM + i, source.getLong(), LITTLE_ENDIAN);
      }
      schedule(row, words[row * WIDTH + DEADLINE]);
    }
  }
}
