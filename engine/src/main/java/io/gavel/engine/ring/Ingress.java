package io.gavel.engine.ring;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.QuarantineEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.jspecify.annotations.Nullable;

/**
 * The hot way in, one for each producing thread: encode a command in place, offer it. A frame is validated before it
 * takes a slot, so what is refused here never gets a sequence and is never journalled. Allocates nothing.
 *
 * <pre>{@code
 *   ingress.begin(placeOrder).header().account(7);
 *   placeOrder.instrumentId(1).limitPriceTicks(600_000). ...;
 *   long position = ingress.offer();     // negative: Codes.describe
 * }</pre>
 *
 * <p>Several commands with nothing between them: add each to a {@link CommandBatch}, then offer that.
 *
 * <p>The frame is built in memory of the ingress and copied into its slot when it is complete: a slot is never held
 * by a producer that is still thinking, or gone.
 */
public final class Ingress {

  private final CommandRing ring;
  private final AtomicLong refused;
  private final UnsafeBuffer buffer =
      new UnsafeBuffer(ByteBuffer.allocateDirect(FrameDescriptor.FRAME_LENGTH_MAX));
  private final FrameFlyweight frame = new FrameFlyweight();
  private final CommandValidator validator = new CommandValidator();
  private MessageEncoderFlyweight encoder;
  private int dirtyLength = FrameDescriptor.FRAME_LENGTH_MAX;
  private long intendedTimeNs;
  private final long engineId;
  private @Nullable SignedFrame signatures;

  /** Counts its refusals in {@code refused}; signatures must be for the engine of {@code engineId}. */
  public Ingress(final CommandRing ring, final AtomicLong refused, final long engineId) {
    this.ring = ring;
    this.engineId = engineId;
    this.refused = refused;
    this.encoder = new io.gavel.codecs.sbe.AdvanceTimeEncoder();
  }

  /** Wraps {@code command} over zeroed memory; fields that are not set are zero. */
  public <T extends MessageEncoderFlyweight> T begin(final T command) {
    buffer.setMemory(0, dirtyLength, (byte) 0);
    dirtyLength = FrameDescriptor.FRAME_LENGTH_MAX;
    intendedTimeNs = 0;
    command.wrap(buffer, FrameDescriptor.HEADER_LENGTH);
    encoder = command;
    return command;
  }

  /** The frame last offered; starts at 0. */
  public DirectBuffer frame() {
    return buffer;
  }

  /** When the caller meant to send the command that was begun; changes nothing. */
  public Ingress intendedTimeNs(final long timeNs) {
    intendedTimeNs = timeNs;
    return this;
  }

  /** Offers the command that was begun: a position, or a negative code. May be repeated after BACK_PRESSURED. */
  public long offer() {
    return offer(buffer, 0, complete());
  }

  /**
   * Adds the command that was begun to {@code batch}: how many it holds now, or a negative code. A refused command is
   * not in the batch; one too many is refused as OUT_OF_RANGE.
   */
  public long addTo(final CommandBatch batch) {
    final int length = complete();
    final ReasonCode reason = batch.isFull() ? ReasonCode.OUT_OF_RANGE : judge(buffer, 0, length);
    if (ReasonCode.OK != reason) {
      return refuse(reason);
    }
    batch.add(buffer, 0, length);
    return batch.size();
  }

  /**
   * Offers every command of {@code batch} or none: the position of the last one, or a negative code. The batch stays as
   * it is, so this may be repeated after BACK_PRESSURED; a ring with fewer slots than that never takes it. An empty one
   * is refused.
   */
  public long offer(final CommandBatch batch) {
    return 0 == batch.size() ? refuse(ReasonCode.MALFORMED) : ring.offer(batch);
  }

  /** Puts the header before the command that was begun; length of the frame. */
  private int complete() {
    final MessageEncoderFlyweight command = encoder;
    final int bodyLength = command.encodedLength();
    frame.wrap(buffer, 0).begin(command.sbeSchemaId(), command.sbeTemplateId(), command.sbeSchemaVersion(),
        command.sbeBlockLength(), bodyLength);
    frame.intendedTimeNs(intendedTimeNs);
    dirtyLength = FrameDescriptor.frameLength(bodyLength);
    return dirtyLength;
  }

  /** Offers a whole frame that came from elsewhere, however hostile; its bytes must not change meanwhile. */
  public long offer(final DirectBuffer source, final int offset, final int length) {
    final ReasonCode reason = judge(source, offset, length);
    return ReasonCode.OK == reason ? ring.offer(source, offset, length) : refuse(reason);
  }

  /** A quarantine acts on what is already in the journal: only recovery, which verifies it, may write one. */
  private ReasonCode judge(final DirectBuffer source, final int offset, final int length) {
    final ReasonCode reason = validator.validate(source, offset, length);
    if (ReasonCode.OK == reason && QuarantineEncoder.TEMPLATE_ID == FrameFlyweight.templateIdOf(source, offset)) {
      return ReasonCode.QUARANTINE_MISPLACED;
    }
    return reason;
  }

  /**
   * Offers a whole frame from elsewhere with a public key and a signature behind it, {@code length} bytes in all. Its
   * bytes are copied before anything is believed of them. The signature is verified here, on the caller's thread, and
   * stays with the frame, marked as verified; that the key is the session's own, the core sees to. Allocates.
   */
  public long offerSigned(final DirectBuffer source, final int offset, final int length) {
    final int unsigned = length - FrameDescriptor.SIGNED_TAIL_LENGTH;
    if (unsigned < FrameDescriptor.HEADER_LENGTH || length > FrameDescriptor.FRAME_LENGTH_MAX || offset < 0
        || length > source.capacity() - offset) {
      return refuse(ReasonCode.MALFORMED);
    }
    dirtyLength = FrameDescriptor.FRAME_LENGTH_MAX;
    buffer.putBytes(0, source, offset, length);
    final ReasonCode reason = judge(buffer, 0, unsigned);
    if (ReasonCode.OK != reason) {
      return refuse(reason);
    }
    if (null == signatures) {
      signatures = new SignedFrame(engineId);
    }
    if (!signatures.isRight(buffer, 0, unsigned)) {
      return refuse(ReasonCode.SIGNATURE_INVALID);
    }
    buffer.putInt(FrameDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);
    frame.wrap(buffer, 0).flags(FrameDescriptor.FLAG_SIGNED);
    return ring.offer(buffer, 0, length);
  }

  private long refuse(final ReasonCode reason) {
    refused.getAndIncrement();
    return OfferCodes.refused(reason);
  }
}
