package io.gavel.engine.core;

import io.gavel.codecs.sbe.CommandAnswerEncoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;

/** Gives each command its one answer, before any other event that the command causes. */
final class Answers {

  private final CommandAnswerEncoder encoder = new CommandAnswerEncoder();
  private final EventWriter events;
  private final CoreClock clock;
  private final AnswerWindow window;
  private long sessionId;
  private long sessionSequence;
  private long correlationId;
  private long account;
  private int templateId;
  private boolean given;

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

  boolean isGiven() {
    return given;
  }

  /** Accepted; {@code id} names what came into being, 0 if nothing did. */
  void accept(final long id) {
    give(ReasonCode.OK, id);
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
    emit(code, 0, clock.sequence(), Flag.NO);
  }

  private void give(final ReasonCode code, final long id) {
    window.remember(code, id, clock.sequence());
    emit(code, id, clock.sequence(), Flag.NO);
  }

  private void emit(final ReasonCode code, final long id, final long answeredSequence, final Flag duplicate) {
    final int body = events.begin(CommandAnswerEncoder.SCHEMA_ID, CommandAnswerEncoder.TEMPLATE_ID,
        CommandAnswerEncoder.SCHEMA_VERSION, CommandAnswerEncoder.BLOCK_LENGTH);
    encoder.wrap(events.buffer(), body);
    events.header(encoder.header(), account);
    encoder.sessionId(sessionId).sessionSequence(sessionSequence).correlationId(correlationId)
        .id(id).answeredSequence(answeredSequence).commandTemplateId(templateId).code(code).duplicate(duplicate);
    events.end(encoder.encodedLength());
    given = true;
  }
}
