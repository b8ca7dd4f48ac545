package io.gavel.codecs;

/** Where an owner of state writes itself, in one canonical order: the digest of these bytes is its part of the hash. */
public interface SnapshotSink {

  void putInt(int value);

  void putLong(long value);
}
