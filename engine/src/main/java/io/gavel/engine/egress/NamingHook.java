package io.gavel.engine.egress;

import org.agrona.DirectBuffer;

/** Hears of every frame that names an asset, an instrument or an account, and of its answer. */
public interface NamingHook {

  /** Hears nothing. */
  NamingHook NONE = (buffer, offset, accepted) -> { };

  void onFrame(DirectBuffer buffer, int offset, boolean accepted);
}
