package io.gavel.engine.core;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.EventHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Claims room for one event in the outbox and keys it (sequence, index). The running hash over all events, which the
 * outbox keeps, is part of the control state: two runs that told the world different things cannot agree on it. Rare
 * events are written by their encoders; those of every order by its fields' offsets, straight into the outbox.
 */
final class EventWriter implements StateOwner {

  private static final int TEMPLATE_SHIFT = Byte.SIZE * EventDescriptor.TEMPLATE_ID_OFFSET;
  private static final int SCHEMA_SHIFT = Byte.SIZE * EventDescriptor.SCHEMA_ID_OFFSET;
  private static final int SEQUENCE = EventHeaderEncoder.sequenceEncodingOffset();
  private static final int ENGINE_TIME = EventHeaderEncoder.engineTimeNsEncodingOffset();
  private static final int ACCOUNT = EventHeaderEncoder.accountEncodingOffset();
  private static final int INDEX = EventHeaderEncoder.indexEncodingOffset();
  private static final int RESERVED = EventHeaderEncoder.reservedEncodingOffset();
  private static final int BLOCK_LENGTH_SHIFT =
      Byte.SIZE * (EventDescriptor.BLOCK_LENGTH_OFFSET - EventDescriptor.VERSION_OFFSET);

  private final Outbox outbox;
  private final CoreClock clock;
  private int index;
  private int templateId;
  private int offset;
  private int blockLength;

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
  int begin(final int schemaId, final int eventTemplateId, final int version, final int eventBlockLength) {
    Invariants.check(outbox.hasRoom(EventDescriptor.EVENT_LENGTH_MAX), "outbox overfull: position, template",
        outbox.position(), eventTemplateId);
    final int length = EventDescriptor.eventLength(eventBlockLength);
    offset = outbox.position();
    templateId = eventTemplateId;
    blockLength = eventBlockLength;
    // The padding, before the fields that share its word; then the header in two words.
    outbox.putLong(offset + length - Long.BYTES, 0);
    final long kind = ((long) eventTemplateId << TEMPLATE_SHIFT) | ((long) schemaId << SCHEMA_SHIFT);
    outbox.putLong(offset, length | kind);
    outbox.putLong(offset + EventDescriptor.VERSION_OFFSET, version | ((long) eventBlockLength << BLOCK_LENGTH_SHIFT));
    return offset + EventDescriptor.HEADER_LENGTH;
  }

  void header(final EventHeaderEncoder header, final long account) {
    header(header.offset(), account);
  }

  /** Writes the key, the time and the account at the start of a body. */
  void header(final int body, final long account) {
    outbox.putLong(body + SEQUENCE, clock.sequence());
    outbox.putLong(body + ENGINE_TIME, clock.timeNs());
    outbox.putLong(body + ACCOUNT, account);
    outbox.putInt(body + INDEX, index);
    outbox.putInt(body + RESERVED, 0);
  }

  void putLong(final int at, final long value) {
    outbox.putLong(at, value);
  }

  void putInt(final int at, final int value) {
    outbox.putInt(at, value);
  }

  void putShort(final int at, final int value) {
    outbox.putShort(at, value);
  }

  void putByte(final int at, final int value) {
    outbox.putByte(at, value);
  }

  /** Ends the event begun last, which has no groups. */
  void end() {
    end(blockLength);
  }

  /** Ends the event begun last; {@code bodyLength} includes groups. */
  void end(final int bodyLength) {
    final int length = EventDescriptor.eventLength(bodyLength);
    if (bodyLength != blockLength) {
      lengthen(bodyLength, length);
    }
    outbox.advance(length);
    index++;
  }

  private void lengthen(final int bodyLength, final int length) {
    Invariants.check(length <= EventDescriptor.EVENT_LENGTH_MAX, "event too long: template, length",
        templateId, length);
    for (int i = offset + EventDescriptor.HEADER_LENGTH + bodyLength; i < offset + length; i++) {
      outbox.putByte(i, 0);
    }
    outbox.putInt(offset + EventDescriptor.LENGTH_OFFSET, length);
  }

  /** Hash over every event since the first frame. */
  long runningHash() {
    return outbox.runningHash();
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
    sink.putLong(outbox.runningHash());
  }

  @Override
  public void load(final SnapshotSource source) {
    outbox.runningHash(source.getLong());
  }
}
