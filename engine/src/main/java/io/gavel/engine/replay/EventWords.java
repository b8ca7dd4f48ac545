package io.gavel.engine.replay;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.Text32Decoder;

/** Client ids in events and commands, as text. */
final class EventWords {

  private EventWords() {
  }

  static String text(final Text32Decoder words) {
    return Text32.toString(words.w0(), words.w1(), words.w2(), words.w3());
  }
}
