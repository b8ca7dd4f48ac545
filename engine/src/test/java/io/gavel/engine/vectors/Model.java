package io.gavel.engine.vectors;

import java.util.Map;

/** Computes what a row of one kind expects, with the engine's own classes. */
@FunctionalInterface
interface Model {

  /** What comes out, by the names of the row's expectations; more names than it has do no harm. */
  Map<String, ?> evaluate(Vector inputs);
}
