package io.gavel.engine.sim;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Sessions that number their commands and, after a crash, send again what was not answered. */
final class Clients {

  /** The one of the outside party. */
  static final int BANK = 3;
  private static final int COUNT = 4;
  private static final int REMEMBERED = 3;

  private final Session[] sessions = new Session[COUNT];
  private final ArrayDeque<byte[]> again = new ArrayDeque<>();
  private long correlationId;

  private static final class Session {
    private final long id;
    private final ArrayDeque<byte[]> unanswered = new ArrayDeque<>();
    private final ArrayDeque<byte[]> answered = new ArrayDeque<>();
    private long number;

    private Session(final long id) {
      this.id = id;
    }
  }

  Clients() {
    for (int i = 0; i < COUNT; i++) {
      sessions[i] = new Session(i + 1L);
    }
  }

  /** Sends without a session: at most once, and never again. */
  byte[] send(final byte[] frame, final long expiryTimeNs) {
    return Frames.address(frame, 0, 0, ++correlationId, expiryTimeNs);
  }

  /** Sends as the next command of a session. */
  byte[] send(final int client, final byte[] frame, final long expiryTimeNs) {
    final Session session = sessions[client];
    Frames.address(frame, session.id, ++session.number, ++correlationId, expiryTimeNs);
    session.unanswered.add(frame);
    return frame;
  }

  /** Sends under a number that a session has not come to, or has left behind. */
  byte[] sendWrongly(final int client, final byte[] frame, final SplittableRandom random) {
    final Session session = sessions[client];
    return Frames.address(frame, session.id, Math.max(1, session.number + 2 - random.nextInt(90)) + 1,
        ++correlationId, 0);
  }

  /** What was answered long ago, once more; null when there is nothing. */
  byte @Nullable [] repeat(final int client) {
    final byte[] frame = sessions[client].answered.peekFirst();
    return null == frame ? null : Frames.again(frame, ++correlationId);
  }

  /** Takes note of what was answered. */
  void hear(final Witness witness) {
    for (final Session session : sessions) {
      final long answered = witness.answeredNumber(session.id);
      while (!session.unanswered.isEmpty() && numberOf(session.unanswered.peekFirst()) <= answered) {
        session.answered.add(session.unanswered.pollFirst());
        if (session.answered.size() > REMEMBERED) {
          session.answered.pollFirst();
        }
      }
    }
  }

  /** Queues what was not answered; nothing of it is on its way any more. */
  void sendAgain() {
    again.clear();
    for (final Session session : sessions) {
      again.addAll(session.unanswered);
    }
  }

  /** The next of what has to be sent again; null: none. */
  byte @Nullable [] nextAgain() {
    final byte[] frame = again.pollFirst();
    return null == frame ? null : Frames.again(frame, ++correlationId);
  }

  boolean isAllAnswered() {
    for (final Session session : sessions) {
      if (!session.unanswered.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static long numberOf(final byte[] frame) {
    return new CommandHeaderDecoder().wrap(new UnsafeBuffer(frame), FrameDescriptor.HEADER_LENGTH).sessionSequence();
  }
}
