package io.gavel.engine.ring;

import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** Stops an engine for good at its first fault: producers get a code, the journal is sealed, the host is told once. */
final class HaltOnError {

  private final CommandRing ring;
  private final Runnable seal;
  private final ErrorHandler listener;
  /** Written once by the engine's thread, read by all. */
  private volatile @Nullable Throwable cause;

  HaltOnError(final CommandRing ring, final Runnable seal, final ErrorHandler listener) {
    this.ring = ring;
    this.seal = seal;
    this.listener = listener;
  }

  @Nullable Throwable cause() {
    return cause;
  }

  void halt(final Throwable fault) {
    if (null != cause) {
      return;
    }
    // In this order: whoever reads that the ring is halted finds the cause.
    cause = fault;
    ring.refuse(OfferCodes.HALTED);
    try {
      seal.run();
    } catch (final Throwable ex) {
      fault.addSuppressed(ex);
    }
    try {
      listener.onError(fault);
    } catch (final Throwable ex) {
      fault.addSuppressed(ex);
    }
  }
}
