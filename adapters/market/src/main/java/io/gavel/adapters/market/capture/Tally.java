package io.gavel.adapters.market.capture;

import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the score of one check. */
final class Tally {

  private static final int DIFFERENCES_MAX = 5;

  private final Map<Count, Long> counts = new EnumMap<>(Count.class);
  private final List<String> differences = new ArrayList<>();
  private long rowsCompared;
  private long rowsWrong;

  /** One row of truth compared; {@code difference} says how the book is another, null: it agrees. */
  void compared(final long record, final @Nullable String difference) {
    rowsCompared++;
    if (null != difference) {
      rowsWrong++;
      if (differences.size() < DIFFERENCES_MAX) {
        differences.add("record " + record + ": " + difference);
      }
    }
  }

  void count(final Count what) {
    count(what, 1);
  }

  void count(final Count what, final long howMany) {
    counts.merge(what, howMany, Long::sum);
  }

  CaptureReport report(final String file, final CaptureFormat format, final long records) {
    return new CaptureReport(file, format, records, rowsCompared, rowsWrong, Collections.unmodifiableMap(counts),
        List.copyOf(differences));
  }
}
