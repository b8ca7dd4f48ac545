package io.gavel.engine.replay;

import io.gavel.engine.core.StateMachine;
import org.agrona.DirectBuffer;

/** Watches a replay: each frame before and after it is applied, and the events in between. */
public interface ReplayListener {

  /** Watches nothing. */
  ReplayListener NONE = new ReplayListener() { };

  /** The frame is about to be applied. */
  default void beforeFrame(final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
  }

  /** An {@code EventDescriptor} record. */
  default void onEvent(final DirectBuffer buffer, final int offset, final int length) {
  }

  /** The frame has been applied and its events have been seen. */
  default void afterFrame(final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
  }

  /** The frame named an asset, an instrument or an account; feeds a directory. */
  default void onNaming(final DirectBuffer buffer, final int offset, final boolean accepted) {
  }
}
