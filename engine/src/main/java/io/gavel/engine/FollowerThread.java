package io.gavel.engine;

import io.gavel.engine.replay.SnapshotFollower;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Drives the follower of an engine with a thread of its own. A fault of the follower ends the follower, never the
 * engine: what it may have found, a journal that cannot be read back, is told in the log.
 */
final class FollowerThread {

  private static final Logger LOGGER = System.getLogger("io.gavel.engine");
  private static final int FRAMES_PER_TURN = 1 << 10;
  private static final long IDLE_NS = 5_000_000;

  private final SnapshotFollower follower;
  private final Thread thread;
  /** Set by whoever closes, read by the follower's thread. */
  private volatile boolean stopping;
  private volatile @Nullable Throwable fault;

  FollowerThread(final SnapshotFollower follower, final ThreadFactory factory) {
    this.follower = follower;
    thread = factory.newThread(this::run);
    thread.setName("gavel-follower");
  }

  void start() {
    thread.start();
  }

  /** Why it follows no longer; null: it does. */
  @Nullable Throwable fault() {
    return fault;
  }

  /** Finishes the turn it is in. */
  void stop() {
    stopping = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      LockSupport.unpark(thread);
      try {
        thread.join(1);
      } catch (final InterruptedException ex) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        if (0 == follower.doWork(FRAMES_PER_TURN)) {
          LockSupport.parkNanos(IDLE_NS);
        }
      }
    } catch (final Throwable ex) {
      fault = ex;
      LOGGER.log(Level.ERROR, "the follower stopped, no more snapshots are taken", ex);
    } finally {
      follower.close();
    }
  }
}
