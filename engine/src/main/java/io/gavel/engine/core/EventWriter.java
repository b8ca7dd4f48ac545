package io.gavel.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.EventHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Claims room for one event in the outbox, keys it (sequence, index) and folds its bytes into the running event hash.
 * The hash is part of the control state: two runs that told the world different things cannot agree on it.
 */
final class EventWriter implements StateOwner {

  private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

  private final Outbox outbox;
  private final CoreClock clock;
  private int index;
  private int templateId;
  private int offset;
  private long runningHash;

  EventWriter(final Outbox outbox, final CoreClock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  void nextFrame() {
    index = 0;
  }

  UnsafeBuffer buffer() {
    return outbox.writable();
  }

  /** Starts an event and returns where its body goes. */
  int begin(final int schemaId, final int eventTemplateId, final int version, final int blockLength) {
    Invariants.check(outbox.hasRoom(EventDescriptor.EVENT_LENGTH_MAX), "outbox overfull: position, template",
        outbox.position(), eventTemplateId);
    final UnsafeBuffer buffer = outbox.writable();
    offset = outbox.position();
    templateId = eventTemplateId;
    buffer.putShort(offset + EventDescriptor.TEMPLATE_ID_OFFSET, (short) eventTemplateId, LITTLE_ENDIAN);
    buffer.putShort(offset + EventDescriptor.SCHEMA_ID_OFFSET, (short) schemaId, LITTLE_ENDIAN);
    buffer.putShort(offset + EventDescriptor.VERSION_OFFSET, (short) version, LITTLE_ENDIAN);
    buffer.putShort(offset + EventDescriptor.BLOCK_LENGTH_OFFSET, (short) blockLength, LITTLE_ENDIAN);
    buffer.putInt(offset + EventDescriptor.BLOCK_LENGTH_OFFSET + 2, 0, LITTLE_ENDIAN);
    return offset + EventDescriptor.HEADER_LENGTH;
  }

  void header(final EventHeaderEncoder header, final long account) {
    header.sequence(clock.sequence()).engineTimeNs(clock.timeNs()).account(account).index(index).reserved(0);
  }

  /** Ends the event begun last; {@code bodyLength} includes groups. */
  void end(final int bodyLength) {
    final UnsafeBuffer buffer = outbox.writable();
    final int length = EventDescriptor.eventLength(bodyLength);
    Invariants.check(length <= EventDescriptor.EVENT_LENGTH_MAX, "event too long: template, length",
        templateId, length);
    for (int i = offset + EventDescriptor.HEADER_LENGTH + bodyLength; i < offset + length; i++) {
      buffer.putByte(i, (byte) 0);
    }
    buffer.putInt(offset + EventDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);
    long hash = runningHash;
    for (int i = offset; i < offset + length; i += Long.BYTES) {
      hash = (hash ^ buffer.getLong(i, LITTLE_ENDIAN)) * PRIME;
      hash ^= hash >>> 32;
    }
    runningHash = hash;
    outbox.advance(length);
    index++;
  }

  /** Hash over every event since the first frame. */
  long runningHash() {
    return runningHash;
  }

  @Override
  public int componentId() {
    return 3;
  }

  @Override
  public String componentName() {
    return "events";
  }

  @Override
  public void save(final SnapshotSink sink) {
    sink.putLong(runningHash);
  }

  @Override
  public void load(final SnapshotSource source) {
    runningHash = source.getLong();
  }
}
