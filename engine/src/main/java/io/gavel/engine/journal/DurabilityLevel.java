package io.gavel.engine.journal;

/** What a command has survived before anything about it leaves the engine; the later, the more. */
public enum DurabilityLevel {
  /** In the page cache and read back from there: survives the death of the process, not of the machine. */
  PROCESS,
  /** Read back, and the disk has confirmed it: survives power loss. */
  DISK,
  /** Recorded by a majority of replicas: survives the loss of a machine. Only a replicated journal can give it. */
  QUORUM;

  /** Whether who asks for {@code wanted} may be content with this. */
  public boolean covers(final DurabilityLevel wanted) {
    return compareTo(wanted) >= 0;
  }
}
