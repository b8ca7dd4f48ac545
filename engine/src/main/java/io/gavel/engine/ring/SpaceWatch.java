package io.gavel.engine.ring;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.DegradedEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.journal.SpaceGuard;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Brings what the guard of the disk sees to the core: as a journalled command, so that a replay refuses what was
 * refused. The command takes the ordinary way behind what is already in the ring. One thread, the engine's.
 */
final class SpaceWatch {

  private static final long NONE = -1;

  private final SpaceGuard guard;
  private final SpaceListener listener;
  private final CommandRing ring;
  private final StateMachine machine;
  private final UnsafeBuffer own = new UnsafeBuffer(
      new byte[FrameDescriptor.frameLength(DegradedEncoder.BLOCK_LENGTH)]);
  private final FrameFlyweight frame = new FrameFlyweight();
  private final DegradedEncoder degraded = new DegradedEncoder();
  private long inFlight = NONE;

  SpaceWatch(
      final SpaceGuard guard, final SpaceListener listener, final CommandRing ring, final StateMachine machine) {
    this.guard = guard;
    this.listener = listener;
    this.ring = ring;
    this.machine = machine;
  }

  /** Sends the core the command that it lacks, if it lacks one and the ring has room. */
  void inject() {
    final boolean isShort = guard.isShort();
    if (NONE != inFlight || isShort == machine.risk().isDegraded(DegradedCause.DISK_SPACE)) {
      return;
    }
    own.setMemory(0, own.capacity(), (byte) 0);
    degraded.wrap(own, FrameDescriptor.HEADER_LENGTH).on(isShort ? Flag.YES : Flag.NO)
        .cause(DegradedCause.DISK_SPACE);
    frame.wrap(own, 0).begin(DegradedEncoder.SCHEMA_ID, DegradedEncoder.TEMPLATE_ID, DegradedEncoder.SCHEMA_VERSION,
        DegradedEncoder.BLOCK_LENGTH, DegradedEncoder.BLOCK_LENGTH);
    final long position = ring.offerOwn(own, 0, frame.length());
    inFlight = position < 0 ? NONE : position;
  }

  /** The core has applied everything up to {@code position}, and {@code committedBytes} are in the journal. */
  void onApplied(final long position, final long committedBytes) {
    if (NONE != inFlight && position >= inFlight) {
      inFlight = NONE;
      listener.onSpace(machine.risk().isDegraded(DegradedCause.DISK_SPACE), guard.usableBytes());
    }
    guard.onCommit(committedBytes);
  }

  void onIdle() {
    guard.onIdle();
  }

  long usableBytes() {
    return guard.usableBytes();
  }
}
