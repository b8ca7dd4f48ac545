package io.gavel.engine.marketdata;

/**
 * Where a view stands in the messages of its feed. A snapshot may come at any time and from any number on; behind it
 * messages must be contiguous. One thread.
 */
final class FeedPosition {

  private ViewState state = ViewState.EMPTY;
  private long feedSequence;
  private long engineSequence;
  private boolean inSnapshot;
  private boolean partial;

  /** Takes the number of a message; true when a snapshot begins, so that what is there must go. */
  boolean begins(final long sequence, final boolean snapshot) {
    final boolean contiguous = sequence == feedSequence + 1;
    feedSequence = sequence;
    if (snapshot) {
      final boolean fresh = !(inSnapshot && contiguous);
      inSnapshot = true;
      partial = true;
      return fresh;
    }
    if (inSnapshot || (!contiguous && ViewState.EMPTY != state)) {
      state = ViewState.GAP;
    }
    inSnapshot = false;
    partial = true;
    return false;
  }

  /** Whether nothing can be made of what came. */
  boolean isLost() {
    return !inSnapshot && ViewState.LIVE != state;
  }

  /** The last part of a command, or of a snapshot, was taken. */
  void ends(final long sequence, final boolean agrees) {
    engineSequence = sequence;
    state = agrees ? ViewState.LIVE : ViewState.WRONG;
    inSnapshot = false;
    partial = false;
  }

  /** LIVE only between commands: in the middle of one the book is of no moment. */
  ViewState state() {
    return partial && ViewState.LIVE == state ? ViewState.EMPTY : state;
  }

  long engineSequence() {
    return engineSequence;
  }
}
