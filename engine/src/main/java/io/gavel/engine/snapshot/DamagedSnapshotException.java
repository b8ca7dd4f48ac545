package io.gavel.engine.snapshot;

/** A snapshot that is not as it was written, or that does not give the state it was taken of. */
public final class DamagedSnapshotException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DamagedSnapshotException(final String place, final String reason) {
    super(place + ": " + reason);
  }

  DamagedSnapshotException(final String place, final String reason, final Throwable cause) {
    super(place + ": " + reason, cause);
  }
}
