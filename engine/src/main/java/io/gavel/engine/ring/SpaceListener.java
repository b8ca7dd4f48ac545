package io.gavel.engine.ring;

/** Hears of the room that is left for a journal. */
public interface SpaceListener {

  /** Called on the engine's thread once the core has taken the change; {@code usableBytes} as of the last look. */
  void onSpace(boolean isShort, long usableBytes);
}
