package io.gavel.engine.snapshot;

import io.gavel.codecs.sbe.MessageHeaderDecoder;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads one message of a snapshot at a time and believes nothing before its checksum. One thread. */
final class MessageReader {

  private final SnapshotStore.Stored stored;
  private final String place;
  private final byte[] bytes = new byte[SnapshotFormat.MESSAGE_LENGTH_MAX];
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final CRC32C crc = new CRC32C();
  private int length;
  private int templateId;

  MessageReader(final SnapshotStore.Stored stored, final String place) {
    this.stored = stored;
    this.place = place;
  }

  /** The message last read, from the start of the buffer. */
  UnsafeBuffer buffer() {
    return buffer;
  }

  /** Its bytes, header included. */
  int length() {
    return length;
  }

  int templateId() {
    return templateId;
  }

  /** Reads the message at {@code position}. */
  void read(final long position) {
    final int available = stored.read(position, ByteBuffer.wrap(bytes));
    if (available < SnapshotFormat.HEADER_LENGTH) {
      throw damaged(position, "it ends where a message should be");
    }
    header.wrap(buffer, 0);
    length = SnapshotFormat.HEADER_LENGTH + header.blockLength();
    templateId = header.templateId();
    if (length > available || !SnapshotFormat.isIntact(buffer, length, crc)) {
      throw damaged(position, "a message is not as it was written");
    }
    if (SnapshotFormat.SCHEMA_ID != header.schemaId()) {
      throw new ForeignSnapshotException(place, "schema", header.schemaId(), SnapshotFormat.SCHEMA_ID);
    }
    if (SnapshotFormat.SCHEMA_VERSION != header.version() || SnapshotFormat.lengthOf(templateId) != length) {
      throw new ForeignSnapshotException(
          place, "version of its messages", header.version(), SnapshotFormat.SCHEMA_VERSION);
    }
  }

  DamagedSnapshotException damaged(final long position, final String reason) {
    return new DamagedSnapshotException(place, reason + ", at byte " + position);
  }
}
