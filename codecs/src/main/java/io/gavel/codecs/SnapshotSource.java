package io.gavel.codecs;

/** Where an owner of state reads itself back, in the order in which it was written. */
public interface SnapshotSource {

  int getInt();

  long getLong();
}
