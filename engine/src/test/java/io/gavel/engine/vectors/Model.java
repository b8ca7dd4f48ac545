package io.gavel.engine.vectors;

import java.util.Map;

/** Computes what a row of one kind expects, with the engine's own classes. */
@FunctionalInterface
interface Model {

  /** A row of a kind that is known, which asks for what this house does not do; the message says why. */
  final class NotDone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotDone(final String why) {
      super(why);
    }
  }

  /** What comes out, by the names of the row's expectations; more names than it has do no harm. */
  Map<String, ?> evaluate(Vector inputs);
}
