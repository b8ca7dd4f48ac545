package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSource;
import org.jspecify.annotations.Nullable;

/** The saved components of a state machine, by id. */
public interface StateSource {

  /** What the component wrote, or null when it wrote nothing. */
  @Nullable SnapshotSource component(int componentId);
}
