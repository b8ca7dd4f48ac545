package io.gavel.engine.snapshot;

/** An intact snapshot of another version or in other units than this build reads; nothing of it was loaded. */
public final class ForeignSnapshotException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ForeignSnapshotException(final String place, final String what, final long found, final long readable) {
    super(place + ": " + what + " is " + found + ", this build reads " + readable
        + "; start with the build that wrote it, or move the file away and recover from an older one or the journal");
  }

  ForeignSnapshotException(final String place, final String reason, final Throwable cause) {
    super(place + ": " + reason, cause);
  }
}
