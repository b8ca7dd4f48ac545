package io.gavel.benchmarks.engine;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.ReasonCode;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** Encodes one command at a time over zeros, checks its bytes, and hands the frame on. */
final class FrameWriter {

  private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(FrameDescriptor.FRAME_LENGTH_MAX));
  private final FrameFlyweight frame = new FrameFlyweight();
  private final CommandValidator validator = new CommandValidator();

  <T extends MessageEncoderFlyweight> T begin(final T command) {
    buffer.setMemory(0, FrameDescriptor.FRAME_LENGTH_MAX, (byte) 0);
    command.wrap(buffer, FrameDescriptor.HEADER_LENGTH);
    return command;
  }

  void send(final MessageEncoderFlyweight command, final FrameSink sink) {
    frame.wrap(buffer, 0).begin(command.sbeSchemaId(), command.sbeTemplateId(), command.sbeSchemaVersion(),
        command.sbeBlockLength(), command.encodedLength());
    final ReasonCode reason = validator.validate(buffer, 0, frame.length());
    if (ReasonCode.OK != reason) {
      throw new IllegalStateException("an invalid frame: " + reason);
    }
    sink.send(buffer, 0, frame.length());
  }
}
