package io.gavel.engine.ring;

import io.gavel.codecs.FrameDescriptor;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One place in the ring: a frame, or a task that the engine's thread runs between two frames. */
final class CommandSlot {

  final UnsafeBuffer frame;
  /** Set for a task slot; such a slot has no sequence and is not journalled. */
  @Nullable Runnable task;

  CommandSlot(final byte[] memory, final int offset) {
    frame = new UnsafeBuffer(memory, offset, FrameDescriptor.FRAME_LENGTH_MAX);
  }
}
