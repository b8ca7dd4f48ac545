package io.gavel.engine.ring;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One place in the ring: a frame, or a task that the engine's thread runs between two frames. */
final class CommandSlot {

  final UnsafeBuffer frame;
  /** Set for a task slot; such a slot has no sequence and is not journalled. */
  @Nullable Runnable task;

  CommandSlot(final ByteBuffer memory) {
    frame = new UnsafeBuffer(memory);
  }
}
