package io.gavel.engine.core.oracle;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The commands each session has sent and what they were answered, whole; forgotten beyond the window. */
final class Sessions {

  /** A command and its answer. */
  record Command(ByteBuffer content, ReasonCode code, long id, long sequence) { }

  private final int sessionsMax;
  private final int answersPerSession;
  private final TreeMap<Long, TreeMap<Long, Command>> sessions = new TreeMap<>();
  private ReasonCode fault = ReasonCode.OK;
  private long number;
  private ByteBuffer content = ByteBuffer.allocate(0);

  Sessions(final int sessionsMax, final int answersPerSession) {
    this.sessionsMax = sessionsMax;
    this.answersPerSession = answersPerSession;
  }

  /** The command with this number as it was answered, or null when it is new or at fault; see {@link #fault()}. */
  @Nullable Command find(final long sessionId, final long sessionSequence, final FrameFlyweight frame) {
    final TreeMap<Long, Command> session = sessions.get(sessionId);
    number = sessionSequence;
    content = contentOf(frame);
    fault = ReasonCode.OK;
    if (null == session) {
      fault = sessions.size() >= sessionsMax ? ReasonCode.CAPACITY_SESSIONS
          : number <= 0 ? ReasonCode.SESSION_SEQUENCE_GAP : ReasonCode.OK;
      return null;
    }
    if (number > session.lastKey()) {
      fault = number == session.lastKey() + 1 ? ReasonCode.OK : ReasonCode.SESSION_SEQUENCE_GAP;
      return null;
    }
    final Command known = session.get(number);
    fault = null == known ? ReasonCode.DUPLICATE_TOO_OLD
        : known.content.equals(content) ? ReasonCode.OK : ReasonCode.DUPLICATE_MISMATCH;
    return ReasonCode.OK == fault ? known : null;
  }

  /** The number that a session with a gap should have sent. */
  long expected(final long sessionId) {
    final TreeMap<Long, Command> session = sessions.get(sessionId);
    return null == session ? 1 : session.lastKey() + 1;
  }

  ReasonCode fault() {
    return fault;
  }

  void remember(final long sessionId, final ReasonCode code, final long id, final long sequence) {
    final TreeMap<Long, Command> session = sessions.computeIfAbsent(sessionId, k -> new TreeMap<>());
    session.put(number, new Command(content, code, id, sequence));
    if (session.size() > answersPerSession) {
      session.pollFirstEntry();
    }
  }

  /** What the command says: its template, its account and everything behind the header. */
  private static ByteBuffer contentOf(final FrameFlyweight frame) {
    final int from = frame.bodyOffset() + CommandHeaderDecoder.ENCODED_LENGTH;
    final int length = frame.offset() + frame.length() - from;
    final byte[] bytes = new byte[length + Integer.BYTES + Long.BYTES];
    frame.buffer().getBytes(from, bytes, 0, length);
    final CommandHeaderDecoder header = new CommandHeaderDecoder().wrap(frame.buffer(), frame.bodyOffset());
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[length + i] = (byte) (header.account() >>> (i * Byte.SIZE));
    }
    bytes[length + Long.BYTES] = (byte) frame.templateId();
    return ByteBuffer.wrap(bytes);
  }
}
