package io.gavel.engine.journal;

import java.io.FileDescriptor;
import java.io.IOException;

/** Has a disk confirm a file: the one call whose failure says that nothing of what was written can be trusted. */
interface DiskSync {

  /** The operating system's. */
  DiskSync SYSTEM = FileDescriptor::sync;

  void sync(FileDescriptor file) throws IOException;
}
