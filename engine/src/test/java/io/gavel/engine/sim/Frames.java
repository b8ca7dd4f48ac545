package io.gavel.engine.sim;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.Text32Encoder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** Builds frames as a client would; who sends it, and as which number, is written into it when it is sent. */
final class Frames {

  private static final int BODY = FrameDescriptor.HEADER_LENGTH;

  private final byte[] bytes = new byte[FrameDescriptor.FRAME_LENGTH_MAX];
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final FrameFlyweight frame = new FrameFlyweight();
  private final CommandHeaderEncoder header = new CommandHeaderEncoder();

  <E extends MessageEncoderFlyweight> byte[] of(final E encoder, final long account, final Consumer<E> body) {
    Arrays.fill(bytes, (byte) 0);
    encoder.wrap(buffer, BODY);
    header.wrap(buffer, BODY).account(account);
    body.accept(encoder);
    frame.wrap(buffer, 0).begin(encoder.sbeSchemaId(), encoder.sbeTemplateId(), encoder.sbeSchemaVersion(),
        encoder.sbeBlockLength(), encoder.encodedLength());
    return Arrays.copyOf(bytes, frame.length());
  }

  /** Addresses a frame; every sending has a correlation id of its own. */
  static byte[] address(final byte[] bytes, final long sessionId, final long number, final long correlationId,
      final long expiryTimeNs) {
    new CommandHeaderEncoder().wrap(new UnsafeBuffer(bytes), BODY).sessionId(sessionId).sessionSequence(number)
        .correlationId(correlationId).expiryTimeNs(expiryTimeNs);
    return bytes;
  }

  static byte[] again(final byte[] bytes, final long correlationId) {
    final byte[] copy = bytes.clone();
    new CommandHeaderEncoder().wrap(new UnsafeBuffer(copy), BODY).correlationId(correlationId);
    return copy;
  }

  static void put(final Text32Encoder encoder, final String value) {
    encoder.w0(Text32.word(value, 0)).w1(Text32.word(value, 1)).w2(Text32.word(value, 2)).w3(Text32.word(value, 3));
  }
}
