package io.gavel.benchmarks.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Wall time, and processor time and bytes taken by given threads, between two points. */
public final class Stopwatch {

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final long[] threadIds;
  private long beganNs;
  private long bytesBefore;
  private long cpuBeforeNs;
  private long wallNs;
  private long bytes;
  private long cpuNs;

  /** Watches these threads. */
  public Stopwatch(final Thread... watched) {
    threadIds = new long[watched.length];
    for (int i = 0; i < watched.length; i++) {
      threadIds[i] = watched[i].getId();
    }
    allocated();
    cpu();
  }

  /** From here. */
  public void start() {
    bytesBefore = allocated();
    cpuBeforeNs = cpu();
    beganNs = System.nanoTime();
  }

  /** To here. */
  public void stop() {
    wallNs = System.nanoTime() - beganNs;
    cpuNs = cpu() - cpuBeforeNs;
    bytes = allocated() - bytesBefore;
  }

  /** Between start and stop. */
  public long wallNs() {
    return wallNs;
  }

  /** Of all watched threads, between start and stop. */
  public long cpuNs() {
    return cpuNs;
  }

  /** Allocated by all watched threads, between start and stop. */
  public long bytes() {
    return bytes;
  }

  private long cpu() {
    long sum = 0;
    for (final long id : threadIds) {
      sum += threads.getThreadCpuTime(id);
    }
    return sum;
  }

  private long allocated() {
    long sum = 0;
    for (final long id : threadIds) {
      sum += threads.getThreadAllocatedBytes(id);
    }
    return sum;
  }
}
