package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.EventHeaderDecoder;

/** Begins the line of an event with its key and its time. */
final class EventLine {

  private EventLine() {
  }

  static JsonOut begin(final JsonOut out, final String event, final EventHeaderDecoder header) {
    return out.begin(event).put("seq", header.sequence()).put("index", header.index())
        .putTime("ts", header.engineTimeNs());
  }
}
