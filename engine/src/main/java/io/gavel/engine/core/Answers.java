package io.gavel.engine.core;

import io.gavel.codecs.sbe.CommandAnswerEncoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;

/** Gives each command its one answer, before any other event that the command causes. */
final class Answers {

  private static final int SESSION_ID = CommandAnswerEncoder.sessionIdEncodingOffset();
  private static final int SESSION_SEQUENCE = CommandAnswerEncoder.sessionSequenceEncodingOffset();
  private static final int CORRELATION_ID = CommandAnswerEncoder.correlationIdEncodingOffset();
  private static final int ID = CommandAnswerEncoder.idEncodingOffset();
  private static final int ANSWERED_SEQUENCE = CommandAnswerEncoder.answeredSequenceEncodingOffset();
  private static final int COMMAND_TEMPLATE_ID = CommandAnswerEncoder.commandTemplateIdEncodingOffset();
  private static final int CODE = CommandAnswerEncoder.codeEncodingOffset();
  private static final int DUPLICATE = CommandAnswerEncoder.duplicateEncodingOffset();

  private final EventWriter events;
  private final CoreClock clock;
  private final AnswerWindow window;
  private long sessionId;
  private long sessionSequence;
  private long correlationId;
  private long account;
  private int templateId;
  private boolean given;
  private boolean muted;
  private long mutedId;

  Answers(final EventWriter events, final CoreClock clock, final AnswerWindow window) {
    this.events = events;
    this.clock = clock;
    this.window = window;
  }

  /** Takes down who asked; the bytes of the command may be gone when the answer is given. */
  void begin(final CommandHeaderDecoder header, final int commandTemplateId) {
    sessionId = header.sessionId();
    sessionSequence = header.sessionSequence();
    correlationId = header.correlationId();
    account = header.account();
    templateId = commandTemplateId;
    given = false;
  }

  long sessionId() {
    return sessionId;
  }

  long sessionSequence() {
    return sessionSequence;
  }

  /** For whom the command was sent. */
  long account() {
    return account;
  }

  boolean isGiven() {
    return given;
  }

  /** Accepted; {@code id} names what came into being, 0 if nothing did. */
  void accept(final long id) {
    give(ReasonCode.OK, id);
  }

  /** Neither: it waits for a second person; {@code id} names the proposal. */
  void propose(final long id) {
    give(ReasonCode.PROPOSED, id);
  }

  /** {@code id} is 0, or for what is refused for a while only, the time until which it is. */
  void refuse(final ReasonCode code, final long id) {
    give(code, id);
  }

  void refuse(final ReasonCode code) {
    give(code, 0);
  }

  /** A duplicate: what was answered the first time. */
  void repeat() {
    emit(window.code(), window.id(), window.sequence(), Flag.YES);
  }

  /** A session fault: answered, but not remembered, since the session did not move on. */
  void refuseUnremembered(final ReasonCode code) {
    refuseUnremembered(code, 0);
  }

  /** As {@link #refuseUnremembered(ReasonCode)}; of a gap, {@code id} is the number that was expected. */
  void refuseUnremembered(final ReasonCode code, final long id) {
    emit(code, id, clock.sequence(), Flag.NO);
  }

  /** From now on a command that was answered before is worked off: nothing is said, only its id is kept. */
  void mute() {
    muted = true;
    mutedId = 0;
  }

  void unmute() {
    muted = false;
  }

  /** What came into being while nothing was said. */
  long mutedId() {
    return mutedId;
  }

  private void give(final ReasonCode code, final long id) {
    if (muted) {
      mutedId = id;
      given = true;
      return;
    }
    window.remember(code, id, clock.sequence());
    emit(code, id, clock.sequence(), Flag.NO);
  }

  private void emit(final ReasonCode code, final long id, final long answeredSequence, final Flag duplicate) {
    final int body = events.begin(CommandAnswerEncoder.SCHEMA_ID, CommandAnswerEncoder.TEMPLATE_ID,
        CommandAnswerEncoder.SCHEMA_VERSION, CommandAnswerEncoder.BLOCK_LENGTH);
    events.header(body, account);
    events.putLong(body + SESSION_ID, sessionId);
    events.putLong(body + SESSION_SEQUENCE, sessionSequence);
    events.putLong(body + CORRELATION_ID, correlationId);
    events.putLong(body + ID, id);
    events.putLong(body + ANSWERED_SEQUENCE, answeredSequence);
    events.putShort(body + COMMAND_TEMPLATE_ID, templateId);
    events.putByte(body + CODE, code.value());
    events.putByte(body + DUPLICATE, duplicate.value());
    events.end();
    given = true;
  }
}
