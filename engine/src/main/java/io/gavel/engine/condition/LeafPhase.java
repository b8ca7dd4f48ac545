package io.gavel.engine.condition;

/** Where a leaf stands; numbers, since they are kept in bytes and saved. */
final class LeafPhase {

  /** Not armed. */
  static final byte OFF = 0;
  /** False, waits to become true. */
  static final byte FALSE = 1;
  /** True, waits to become false. */
  static final byte TRUE = 2;
  /** CROSSES: false until the value was seen on the other side. */
  static final byte BLOCKED = 3;
  /** Will not change any more: latched and true, or a moment that has passed. */
  static final byte DONE = 4;
  /** A trailing leaf that follows the extremum. */
  static final byte TRACKING = 5;

  private LeafPhase() {
  }
}
