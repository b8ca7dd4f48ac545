package io.gavel.engine.marketdata;

/** Whether a view shows the book. */
public enum ViewState {
  /** It has seen no snapshot yet, or only its beginning. */
  EMPTY,
  /** It has the book as of the last message. */
  LIVE,
  /** A message was missed: a snapshot is needed. */
  GAP,
  /** All messages came, but the checksum says that the books differ: a snapshot is needed, and a look at why. */
  WRONG
}
