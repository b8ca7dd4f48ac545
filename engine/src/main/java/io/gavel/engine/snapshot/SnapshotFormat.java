package io.gavel.engine.snapshot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.sbe.EngineConfigEncoder;
import io.gavel.codecs.sbe.MessageHeaderEncoder;
import io.gavel.codecs.sbe.OrderAcceptedEncoder;
import io.gavel.codecs.sbe.SectionBeginEncoder;
import io.gavel.codecs.sbe.SectionBlockEncoder;
import io.gavel.codecs.sbe.SectionEndEncoder;
import io.gavel.codecs.sbe.SnapshotBeginEncoder;
import io.gavel.codecs.sbe.SnapshotEndEncoder;
import io.gavel.engine.core.CoreConfig;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the bytes of a snapshot are, once for writer and reader. A message is an SBE header and a block of which the
 * last field is the CRC32C of everything in front of it.
 *
 * <pre>
 *   | SnapshotBegin | SectionBegin | SectionBlock | bytes | SectionBlock | bytes | SectionEnd | ... | SnapshotEnd |
 *   message: | block length 2 | template 2 | schema 2 | version 2 | block ... | CRC32C 4 |
 * </pre>
 */
final class SnapshotFormat {

  /** "GAVELSNP" as the file begins with it. */
  static final long MAGIC = 0x504E_534C_4556_4147L;
  static final int FORMAT_VERSION = 1;
  static final int SCHEMA_ID = SnapshotBeginEncoder.SCHEMA_ID;
  static final int SCHEMA_VERSION = SnapshotBeginEncoder.SCHEMA_VERSION;
  static final int FRAME_VERSION = FrameDescriptor.FRAME_VERSION;
  static final int COMMAND_SCHEMA_VERSION = EngineConfigEncoder.SCHEMA_VERSION;
  static final int EVENT_SCHEMA_VERSION = OrderAcceptedEncoder.SCHEMA_VERSION;
  static final int BEHAVIOUR_VERSION = CoreConfig.BEHAVIOUR_VERSION;
  static final int CONFIG_COMPONENT = 0;
  static final String CONFIG_NAME = "config";

  static final int HEADER_LENGTH = MessageHeaderEncoder.ENCODED_LENGTH;
  static final int BEGIN_LENGTH = HEADER_LENGTH + SnapshotBeginEncoder.BLOCK_LENGTH;
  static final int SECTION_BEGIN_LENGTH = HEADER_LENGTH + SectionBeginEncoder.BLOCK_LENGTH;
  static final int SECTION_BLOCK_LENGTH = HEADER_LENGTH + SectionBlockEncoder.BLOCK_LENGTH;
  static final int SECTION_END_LENGTH = HEADER_LENGTH + SectionEndEncoder.BLOCK_LENGTH;
  static final int END_LENGTH = HEADER_LENGTH + SnapshotEndEncoder.BLOCK_LENGTH;
  /** No message of any version is longer: what is looked at before anything is believed. */
  static final int MESSAGE_LENGTH_MAX = 512;
  /** Bytes of state behind one message: all that is ever held of a component. */
  static final int BLOCK_BYTES_MAX = 256 << 10;
  private static final int CRC_LENGTH = Integer.BYTES;

  static {
    if (Math.max(BEGIN_LENGTH, END_LENGTH) > MESSAGE_LENGTH_MAX) {
      throw new IllegalStateException("a message is read into a buffer of fixed length");
    }
  }

  private SnapshotFormat() {
  }

  /** Bytes of a message of this template; 0: none that this build knows. */
  static int lengthOf(final int templateId) {
    return switch (templateId) {
      case SnapshotBeginEncoder.TEMPLATE_ID -> BEGIN_LENGTH;
      case SectionBeginEncoder.TEMPLATE_ID -> SECTION_BEGIN_LENGTH;
      case SectionBlockEncoder.TEMPLATE_ID -> SECTION_BLOCK_LENGTH;
      case SectionEndEncoder.TEMPLATE_ID -> SECTION_END_LENGTH;
      case SnapshotEndEncoder.TEMPLATE_ID -> END_LENGTH;
      default -> 0;
    };
  }

  /** Writes the last field of the message of {@code length} bytes at the buffer's start and answers it. */
  static int stamp(final UnsafeBuffer message, final int length, final CRC32C crc) {
    final int value = crcOf(message, length, crc);
    message.putInt(length - CRC_LENGTH, value, LITTLE_ENDIAN);
    return value;
  }

  static boolean isIntact(final UnsafeBuffer message, final int length, final CRC32C crc) {
    return length > HEADER_LENGTH + CRC_LENGTH
        && crcOf(message, length, crc) == message.getInt(length - CRC_LENGTH, LITTLE_ENDIAN);
  }

  private static int crcOf(final UnsafeBuffer message, final int length, final CRC32C crc) {
    crc.reset();
    crc.update(message.byteArray(), 0, length - CRC_LENGTH);
    return (int) crc.getValue();
  }

  /** A digest over the bytes of a configuration. */
  static long digest(final byte[] bytes, final int length) {
    long digest = MAGIC;
    for (int i = 0; i < length; i++) {
      digest = (digest ^ (bytes[i] & 0xFF)) * 0x0000_0100_0000_01B3L;
    }
    return digest ^ (digest >>> 32);
  }
}
