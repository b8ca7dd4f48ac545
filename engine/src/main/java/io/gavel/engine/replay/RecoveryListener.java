package io.gavel.engine.replay;

/** Hears how far a recovery has come, on the thread that recovers. */
public interface RecoveryListener {

  /** Hears nothing. */
  RecoveryListener NONE = progress -> { };

  void onProgress(RecoveryProgress progress);
}
