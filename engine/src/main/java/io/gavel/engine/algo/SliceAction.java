package io.gavel.engine.algo;

/** What the core is to do with a {@link ChildSlice}. */
public enum SliceAction {
  /** Nothing now; ask again at the wake time, or when the market or a child of this parent has moved. */
  WAIT,
  /** Place one more child. */
  PLACE,
  /** Cancel every open child of this parent and place one instead, in one step. */
  REPLACE,
  /** The parent is through: cancel what is open of it and release the slot. */
  FINISH
}
