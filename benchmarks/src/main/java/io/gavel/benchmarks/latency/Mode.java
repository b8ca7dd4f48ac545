package io.gavel.benchmarks.latency;

import io.gavel.engine.Preset;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How the engine is driven, and whether it keeps a journal. */
enum Mode {
  /** The sender's thread drives the engine; nothing is written down. */
  INVOKER("invoker", Preset.EMBEDDED, false, 1),
  /** The engine has a thread that never parks; nothing is written down. */
  DEDICATED("dedicated", Preset.DEDICATED_SPINNING, false, 2),
  /** The sender's thread drives the engine; an answer comes out once its command is in the journal. */
  INVOKER_JOURNAL("invoker-journal", Preset.EMBEDDED, true, 1),
  /** The engine has a thread that never parks; an answer comes out once its command is in the journal. */
  DEDICATED_JOURNAL("dedicated-journal", Preset.DEDICATED_SPINNING, true, 2);

  private final String label;
  private final Preset preset;
  private final boolean hasJournal;
  private final int spinningThreads;

  Mode(final String label, final Preset preset, final boolean hasJournal, final int spinningThreads) {
    this.label = label;
    this.preset = preset;
    this.hasJournal = hasJournal;
    this.spinningThreads = spinningThreads;
  }

  String label() {
    return label;
  }

  Preset preset() {
    return preset;
  }

  boolean hasJournal() {
    return hasJournal;
  }

  /** Threads that take a processor each for as long as the run lasts; the probe sleeps. */
  int spinningThreads() {
    return spinningThreads;
  }

  static Mode of(final String label) {
    return Arrays.stream(values()).filter(mode -> mode.label.equals(label)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("unknown mode " + label + "; there are "
            + Arrays.stream(values()).map(Mode::label).collect(Collectors.joining(", "))));
  }
}
