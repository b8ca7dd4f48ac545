package io.gavel.benchmarks.engine;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Makes the engine's thread and remembers it, so that what it allocates can be counted. */
public final class EngineThread implements ThreadFactory {

  private @Nullable Thread made;

  @Override
  public Thread newThread(final Runnable work) {
    final Thread thread = new Thread(work, "gavel-engine");
    thread.setDaemon(true);
    made = thread;
    return thread;
  }

  /** The calling thread, and the engine's if it has one. */
  public Thread[] threads() {
    final Thread engine = made;
    return null == engine ? new Thread[] {Thread.currentThread()} : new Thread[] {Thread.currentThread(), engine};
  }
}
