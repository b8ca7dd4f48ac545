package io.gavel.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReasonCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The last N answers of each session. A command seen before gets the answer it got; one older than the window, one
 * with the same number but other content, and one that skips a number are refused and never executed. Control state.
 */
final class AnswerWindow implements StateOwner {

  /** How a session's number relates to what was seen. */
  enum Verdict { NEW, REPEAT, TOO_OLD, MISMATCH, GAP, NO_ROOM, NO_SESSION }

  private static final int MISSING = -1;
  private static final int STRIDE = 4;
  private static final int ID = 1;
  private static final int SEQUENCE = 2;
  private static final int CODE = 3;
  private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;
  private static final long ODD_SEED = 0x94D0_49BB_1331_11EBL;
  private static final int EVEN_TURN = 29;
  private static final int ODD_TURN = 37;
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final ReasonCode[] CODES = codesByValue();

  private final int answersPerSession;
  /** A power of two, so that finding a place needs no division. */
  private final int placesPerSession;
  private final Long2LongHashMap slotBySession;
  private final long[] sessionIds;
  private final long[] lastNumbers;
  private final long[] firstNumbers;
  /** Content, id, sequence and code of each answer side by side. */
  private final long[] answers;
  private int sessions;
  private int currentSlot = MISSING;
  private int currentAt;
  private long currentContent;
  private long currentNumber;
  private long expectedNumber;

  AnswerWindow(final int sessionsMax, final int answersPerSession) {
    this.answersPerSession = answersPerSession;
    slotBySession = new Long2LongHashMap(4 * sessionsMax, 0.5f, MISSING);
    sessionIds = new long[sessionsMax];
    lastNumbers = new long[sessionsMax];
    firstNumbers = new long[sessionsMax];
    placesPerSession = BitUtil.findNextPositivePowerOfTwo(answersPerSession);
    answers = new long[STRIDE * sessionsMax * placesPerSession];
  }

  /** Looks the command up and, when it is new, makes it the one that {@link #remember} is about. */
  Verdict check(final long sessionId, final long number, final long content) {
    currentSlot = MISSING;
    if (0 == sessionId) {
      return Verdict.NO_SESSION;
    }
    final int slot = (int) slotBySession.get(sessionId);
    if (MISSING == slot) {
      return open(sessionId, number, content);
    }
    if (number > lastNumbers[slot]) {
      if (number != lastNumbers[slot] + 1) {
        expectedNumber = lastNumbers[slot] + 1;
        return Verdict.GAP;
      }
      select(slot, number, content);
      return Verdict.NEW;
    }
    if (number < firstNumbers[slot] || number <= lastNumbers[slot] - answersPerSession) {
      return Verdict.TOO_OLD;
    }
    currentAt = at(slot, number);
    return answers[currentAt] == content ? Verdict.REPEAT : Verdict.MISMATCH;
  }

  private Verdict open(final long sessionId, final long number, final long content) {
    if (sessions == sessionIds.length) {
      return Verdict.NO_ROOM;
    }
    if (number <= 0) {
      expectedNumber = 1;
      return Verdict.GAP;
    }
    final int slot = sessions++;
    sessionIds[slot] = sessionId;
    lastNumbers[slot] = number - 1;
    firstNumbers[slot] = number;
    slotBySession.put(sessionId, slot);
    select(slot, number, content);
    return Verdict.NEW;
  }

  private void select(final int slot, final long number, final long content) {
    currentSlot = slot;
    currentNumber = number;
    currentContent = content;
    currentAt = at(slot, number);
  }

  /** Stores the answer of the command last found new; without a session nothing is stored. */
  void remember(final ReasonCode code, final long id, final long sequence) {
    if (MISSING == currentSlot) {
      return;
    }
    lastNumbers[currentSlot] = currentNumber;
    answers[currentAt] = currentContent;
    answers[currentAt + ID] = id;
    answers[currentAt + SEQUENCE] = sequence;
    answers[currentAt + CODE] = code.value();
    currentSlot = MISSING;
  }

  /** The number that should have come in place of the one last found to leave a gap. */
  long expectedNumber() {
    return expectedNumber;
  }

  /** Answer of the command last found to be a repeat. */
  ReasonCode code() {
    return CODES[(int) answers[currentAt + CODE]];
  }

  long id() {
    return answers[currentAt + ID];
  }

  long sequence() {
    return answers[currentAt + SEQUENCE];
  }

  /** Digest of what a command says, without its correlation id, which may differ when it is sent again. */
  static long contentOf(
      final DirectBuffer buffer, final int bodyOffset, final int bodyEnd, final int headerLength,
      final int templateId, final long account) {
    final byte[] bytes = buffer.byteArray();
    final int adjustment = null == bytes ? 0 : buffer.wrapAdjustment();
    // Two lanes, which need not wait for each other; a frame is whole words.
    // Turned before the first word meets it, or (account, id) and another pair with the same xor were one content.
    long even = Long.rotateLeft((templateId * PRIME ^ account) * PRIME, EVEN_TURN);
    long odd = ODD_SEED;
    int at = bodyOffset + headerLength;
    for (; at + 2 * Long.BYTES <= bodyEnd; at += 2 * Long.BYTES) {
      even = Long.rotateLeft((even ^ word(buffer, bytes, adjustment, at)) * PRIME, EVEN_TURN);
      odd = Long.rotateLeft((odd ^ word(buffer, bytes, adjustment, at + Long.BYTES)) * PRIME, ODD_TURN);
    }
    if (at < bodyEnd) {
      even = Long.rotateLeft((even ^ word(buffer, bytes, adjustment, at)) * PRIME, EVEN_TURN);
    }
    final long hash = (even ^ odd * ODD_SEED) * PRIME;
    return hash ^ (hash >>> 32);
  }

  /** Frames are in arrays as a rule, which are read as such; see {@link Outbox}. */
  private static long word(
      final DirectBuffer buffer, final byte @Nullable [] bytes, final int adjustment, final int at) {
    return null != bytes ? (long) LONGS.get(bytes, adjustment + at) : buffer.getLong(at, LITTLE_ENDIAN);
  }

  private int at(final int slot, final long number) {
    return STRIDE * (slot * placesPerSession + ((int) number & (placesPerSession - 1)));
  }

  private static ReasonCode[] codesByValue() {
    final ReasonCode[] byValue = new ReasonCode[256];
    for (final ReasonCode code : ReasonCode.values()) {
      byValue[code.value()] = code;
    }
    return byValue;
  }

  @Override
  public int componentId() {
    return 2;
  }

  @Override
  public String componentName() {
    return "answers";
  }

  @Override
  public void save(final SnapshotSink sink) {
    for (int slot = 0; slot < sessions; slot++) {
      sink.putLong(sessionIds[slot]);
      sink.putLong(firstNumbers[slot]);
      sink.putLong(lastNumbers[slot]);
      for (long number = oldest(slot); number <= lastNumbers[slot]; number++) {
        final int at = at(slot, number);
        sink.putLong(answers[at]);
        sink.putLong(answers[at + ID]);
        sink.putLong(answers[at + SEQUENCE]);
        sink.putInt((int) answers[at + CODE]);
      }
    }
    if (0 != sessions) {
      sink.putLong(0);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    for (long sessionId = source.getLong(); 0 != sessionId; sessionId = source.getLong()) {
      Invariants.check(sessions < sessionIds.length, "more sessions saved than fit: saved, fit",
          sessions + 1L, sessionIds.length);
      final int slot = sessions++;
      sessionIds[slot] = sessionId;
      firstNumbers[slot] = source.getLong();
      lastNumbers[slot] = source.getLong();
      slotBySession.put(sessionId, slot);
      for (long number = oldest(slot); number <= lastNumbers[slot]; number++) {
        final int at = at(slot, number);
        answers[at] = source.getLong();
        answers[at + ID] = source.getLong();
        answers[at + SEQUENCE] = source.getLong();
        answers[at + CODE] = source.getInt();
      }
    }
  }

  private long oldest(final int slot) {
    return Math.max(firstNumbers[slot], lastNumbers[slot] - answersPerSession + 1);
  }
}
