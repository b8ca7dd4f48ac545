package io.gavel.engine.egress;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.EventHeaderDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Reads the key and the kind of an event in place. */
public final class EventKey {

  private static final int SEQUENCE = EventDescriptor.HEADER_LENGTH + EventHeaderDecoder.sequenceEncodingOffset();
  private static final int INDEX = EventDescriptor.HEADER_LENGTH + EventHeaderDecoder.indexEncodingOffset();
  private static final int ANSWER_CODE = EventDescriptor.HEADER_LENGTH + CommandAnswerDecoder.codeEncodingOffset();

  private EventKey() {
  }

  public static int length(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset + EventDescriptor.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  public static int templateId(final DirectBuffer buffer, final int offset) {
    return buffer.getShort(offset + EventDescriptor.TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  public static int version(final DirectBuffer buffer, final int offset) {
    return buffer.getShort(offset + EventDescriptor.VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  public static int blockLength(final DirectBuffer buffer, final int offset) {
    return buffer.getShort(offset + EventDescriptor.BLOCK_LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
  }

  /** Sequence of the frame that caused the event. */
  public static long sequence(final DirectBuffer buffer, final int offset) {
    return buffer.getLong(offset + SEQUENCE, ByteOrder.LITTLE_ENDIAN);
  }

  /** Place of the event among those of its frame, from 0. */
  public static int index(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset + INDEX, ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether the event lies behind (sequence, index). */
  public static boolean isBehind(
      final DirectBuffer buffer, final int offset, final long sequence, final int index) {
    final long own = sequence(buffer, offset);
    return own > sequence || (own == sequence && index(buffer, offset) > index);
  }

  /** Whether the event is the answer to its frame's command. */
  public static boolean isAnswer(final DirectBuffer buffer, final int offset) {
    return CommandAnswerDecoder.TEMPLATE_ID == templateId(buffer, offset);
  }

  /** Whether an answer accepts. */
  static boolean isAcceptance(final DirectBuffer buffer, final int offset) {
    return 0 == buffer.getByte(offset + ANSWER_CODE);
  }
}
