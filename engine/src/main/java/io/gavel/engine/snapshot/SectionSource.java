package io.gavel.engine.snapshot;

import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.SectionBlockDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Gives a component its bytes back, block by block, each checked before the first value of it is handed out. */
final class SectionSource implements SnapshotSource {

  private static final int MESSAGE_LENGTH = SnapshotFormat.SECTION_BLOCK_LENGTH;

  private final SnapshotStore.Stored stored;
  private final String place;
  private final Section section;
  private final byte[] bytes = new byte[MESSAGE_LENGTH + SnapshotFormat.BLOCK_BYTES_MAX];
  private final UnsafeBuffer message = new UnsafeBuffer(bytes, 0, MESSAGE_LENGTH);
  private final ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private final SectionBlockDecoder decoder = new SectionBlockDecoder();
  private final CRC32C crc = new CRC32C();
  private long position;
  private long offset;

  SectionSource(final SnapshotStore.Stored stored, final String place, final Section section) {
    this.stored = stored;
    this.place = place;
    this.section = section;
    position = section.firstBlock();
  }

  @Override
  public int getInt() {
    if (block.remaining() < Integer.BYTES) {
      nextBlock();
    }
    return block.getInt();
  }

  @Override
  public long getLong() {
    if (block.remaining() < Long.BYTES) {
      nextBlock();
    }
    return block.getLong();
  }

  /** What is left of a short component, in one piece. */
  byte[] remaining() {
    nextBlock();
    final byte[] result = new byte[block.remaining()];
    block.get(result);
    return result;
  }

  boolean isExhausted() {
    return offset == section.length() && !block.hasRemaining();
  }

  /** Reads and checks everything, for nobody. */
  void verify() {
    while (!isExhausted()) {
      block.position(block.limit());
      nextBlock();
      block.position(block.limit());
    }
  }

  private void nextBlock() {
    if (block.hasRemaining() || offset == section.length()) {
      throw damaged("a component of " + section.length() + " bytes was read beyond them");
    }
    final int wanted = (int) Math.min(bytes.length, MESSAGE_LENGTH + section.length() - offset);
    block.limit(wanted).position(0);
    final int available = stored.read(position, block);
    decoder.wrap(message, SnapshotFormat.HEADER_LENGTH, SectionBlockDecoder.BLOCK_LENGTH,
        SectionBlockDecoder.SCHEMA_VERSION);
    if (available < MESSAGE_LENGTH || !SnapshotFormat.isIntact(message, MESSAGE_LENGTH, crc)
        || offset != decoder.componentOffset() || section.componentId() != decoder.componentId()
        || decoder.length() < 1 || decoder.length() > available - MESSAGE_LENGTH) {
      throw damaged("a block is not as it was written");
    }
    final int length = decoder.length();
    crc.reset();
    crc.update(bytes, MESSAGE_LENGTH, length);
    if ((int) crc.getValue() != decoder.bytesCrc32c()) {
      throw damaged("CRC32C is " + Integer.toHexString((int) crc.getValue()) + ", written was "
          + Integer.toHexString(decoder.bytesCrc32c()));
    }
    block.limit(MESSAGE_LENGTH + length).position(MESSAGE_LENGTH);
    position += MESSAGE_LENGTH + length;
    offset += length;
  }

  DamagedSnapshotException damaged(final String reason) {
    return new DamagedSnapshotException(
        place, "component " + section.name() + ", at byte " + position + ": " + reason);
  }
}
