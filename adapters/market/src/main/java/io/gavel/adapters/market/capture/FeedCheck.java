package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;

/** Follows the messages of one feed and compares its books with what the feed itself says of them. */
interface FeedCheck {

  /** The next message; throws {@link CaptureFault} when it cannot be meant. */
  void accept(JsonNode message, long record);

  /** No message comes any more. */
  void end();
}
