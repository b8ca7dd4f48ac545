package io.gavel.codecs;

/**
 * Layout of one event in the outbox and the event log. Little endian, 8-byte aligned.
 *
 * <pre>
 *   0               4               6               8              10              12              16
 *  +---------------+---------------+---------------+---------------+---------------+---------------+
 *  | length        | templateId    | schemaId      | version       | blockLength   | reserved      |
 *  +---------------+---------------+---------------+---------------+---------------+---------------+
 *  | SBE body: event header (sequence, engineTimeNs, account, index), fields, groups ...
 * </pre>
 */
public final class EventDescriptor {

  public static final int LENGTH_OFFSET = 0;
  public static final int TEMPLATE_ID_OFFSET = 4;
  public static final int SCHEMA_ID_OFFSET = 6;
  public static final int VERSION_OFFSET = 8;
  public static final int BLOCK_LENGTH_OFFSET = 10;
  public static final int HEADER_LENGTH = 16;
  public static final int ALIGNMENT = 8;
  /** No event is longer; the outbox keeps this much room for each event a step may emit. */
  public static final int EVENT_LENGTH_MAX = 384;

  private EventDescriptor() {
  }

  /** Event length for a body of {@code bodyLength} bytes, padding included. */
  public static int eventLength(final int bodyLength) {
    return (HEADER_LENGTH + bodyLength + (ALIGNMENT - 1)) & -ALIGNMENT;
  }
}
