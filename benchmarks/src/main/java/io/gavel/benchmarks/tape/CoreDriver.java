package io.gavel.benchmarks.tape;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.Outbox;
import io.gavel.engine.core.StateMachine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * The core in a plain loop: each command is encoded, validated, stamped and applied, and every event is looked at. No
 * ring, no journal, no thread.
 */
final class CoreDriver {

  private final StateMachine machine;
  private final CommandValidator validator = new CommandValidator();
  private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(FrameDescriptor.FRAME_LENGTH_MAX));
  private final FrameFlyweight frame = new FrameFlyweight();
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private long sequence;
  private long timeNs;
  private long events;
  private long refused;

  CoreDriver(final CoreConfig config) {
    machine = new StateMachine(config);
  }

  StateMachine machine() {
    return machine;
  }

  long events() {
    return events;
  }

  long refused() {
    return refused;
  }

  void at(final long nowNs) {
    timeNs = nowNs;
  }

  /** Wraps {@code command} over the frame's body; every field is the caller's to set. */
  <T extends MessageEncoderFlyweight> T begin(final T command) {
    command.wrap(buffer, FrameDescriptor.HEADER_LENGTH);
    return command;
  }

  /** As {@link #begin}, over zeros: for commands of which some fields are left alone. */
  <T extends MessageEncoderFlyweight> T beginClean(final T command) {
    buffer.setMemory(0, FrameDescriptor.FRAME_LENGTH_MAX, (byte) 0);
    return begin(command);
  }

  void send(final MessageEncoderFlyweight command) {
    frame.wrap(buffer, 0).begin(command.sbeSchemaId(), command.sbeTemplateId(), command.sbeSchemaVersion(),
        command.sbeBlockLength(), command.encodedLength());
    final ReasonCode reason = validator.validate(buffer, 0, frame.length());
    if (ReasonCode.OK != reason) {
      throw new IllegalStateException("an invalid frame: " + reason);
    }
    frame.sequence(++sequence).engineTimeNs(timeNs);
    boolean done = machine.apply(buffer, 0);
    drain();
    while (!done) {
      done = machine.resume();
      drain();
    }
  }

  private void drain() {
    final Outbox outbox = machine.outbox();
    final DirectBuffer box = outbox.buffer();
    final int end = outbox.position();
    for (int at = 0; at < end; at += box.getInt(at + EventDescriptor.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN)) {
      events++;
      if (CommandAnswerDecoder.TEMPLATE_ID
          == box.getShort(at + EventDescriptor.TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN)) {
        answer.wrap(box, at + EventDescriptor.HEADER_LENGTH, CommandAnswerDecoder.BLOCK_LENGTH,
            CommandAnswerDecoder.SCHEMA_VERSION);
        refused += ReasonCode.OK == answer.code() ? 0 : 1;
      }
    }
    outbox.clear();
  }
}
