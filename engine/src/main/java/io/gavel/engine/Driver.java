package io.gavel.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time touch the engine. A second one is turned away while the first is inside, and, with
 * assertions on, even afterwards: an engine has one writer.
 */
final class Driver {

  /** The thread inside; written by whoever enters and leaves. */
  private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
  /** The first thread that drove; only compared under assertions. */
  private @Nullable Thread owner;

  /** To look only. */
  void enter() {
    final Thread self = Thread.currentThread();
    if (!inside.compareAndSet(null, self)) {
      throw turnedAway(self);
    }
  }

  /** To drive. */
  void enterAsWriter() {
    enter();
    final Thread self = Thread.currentThread();
    assert isOwner(self) : "thread " + self.getName() + " drives an engine that thread "
        + name(owner) + " has driven before";
  }

  /** As {@link #enter}, but waits for another thread to leave; for closing. */
  void enterBehind() {
    final Thread self = Thread.currentThread();
    while (!inside.compareAndSet(null, self)) {
      if (inside.get() == self) {
        throw turnedAway(self);
      }
      Thread.onSpinWait();
    }
  }

  void leave() {
    inside.set(null);
  }

  boolean isInside() {
    return inside.get() == Thread.currentThread();
  }

  private boolean isOwner(final Thread self) {
    if (null == owner) {
      owner = self;
    }
    final boolean same = owner == self;
    if (!same) {
      inside.set(null);
    }
    return same;
  }

  private IllegalStateException turnedAway(final Thread self) {
    final Thread other = inside.get();
    return new IllegalStateException(other == self
        ? "not from within a handler or a query: the engine is at work on this very thread"
        : "a second thread: " + name(other) + " is driving the engine, " + self.getName() + " must not");
  }

  private static String name(final @Nullable Thread thread) {
    return null == thread ? "another" : thread.getName();
  }
}
