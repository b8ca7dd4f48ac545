package io.gavel.engine.journal;

/** What a command has survived before anything about it leaves the engine. */
public enum DurabilityLevel {
  /** In the page cache and read back from there: survives the death of the process, not of the machine. */
  PROCESS,
  /** Read back, and the disk has confirmed it: survives power loss. */
  DISK
}
