package io.gavel.adapters.market.flow;

/**
 * The second thread: reads a {@link ReportRing} until it is closed and empty. Started by its constructor; a daemon, so
 * that a replay that fails leaves no process behind.
 */
final class ReportDrain implements AutoCloseable {

  private final ReportRing ring;
  private final Thread thread;
  /** Set by the closer, read by the drain. */
  private volatile boolean isClosed;

  ReportDrain(final ReportRing ring) {
    this.ring = ring;
    thread = new Thread(this::run, "report-drain");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns when all that was published has been read. */
  @Override
  public void close() {
    isClosed = true;
    boolean isInterrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (final InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean wasClosed = false;
    int spins = 0;
    while (true) {
      if (ring.poll() > 0) {
        spins = 0;
      } else if (wasClosed) {
        return;
      } else {
        wasClosed = isClosed;
        ReportRing.pause(spins++);
      }
    }
  }
}
