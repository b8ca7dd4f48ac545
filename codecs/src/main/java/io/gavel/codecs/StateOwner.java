package io.gavel.codecs;

/**
 * A room with memory. It writes nothing while it is empty or at its defaults, so that an absent component leaves the
 * state hash of older journals as it was. {@link #load} is called on a fresh instance and restores the same digest.
 */
public interface StateOwner {

  /** Names the component in hashes and snapshots; fixed for life. */
  int componentId();

  String componentName();

  void save(SnapshotSink sink);

  void load(SnapshotSource source);
}
