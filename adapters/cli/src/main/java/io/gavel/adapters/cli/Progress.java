package io.gavel.adapters.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a run is, on standard error: a bar with rate and time left on a terminal, else one line per 10 %.
 * Called from the thread of the run; closing twice does nothing.
 */
final class Progress implements AutoCloseable {

  private static final int UPDATE_MILLIS = 200;
  private static final int COLUMNS = 100;
  private static final int MILESTONES = 10;

  private final Terminal terminal;
  private final String task;
  private final long beganNs = System.nanoTime();
  private final @Nullable ProgressBar bar;
  private long total;
  private int milestone;

  Progress(final Terminal terminal, final String task, final String unit) {
    this.terminal = terminal;
    this.task = task;
    this.bar = terminal.errIsTerminal() ? bar(terminal, task, unit) : null;
  }

  /** {@code done} of {@code ofTotal} units; a total of 0 is unknown and shows nothing off a terminal. */
  void at(final long done, final long ofTotal) {
    total = ofTotal;
    if (null != bar) {
      bar.maxHint(Math.max(ofTotal, done));
      bar.stepTo(done);
    } else if (ofTotal > 0) {
      final int reached = (int) Math.min(MILESTONES, (double) done / ofTotal * MILESTONES);
      if (reached > milestone) {
        milestone = reached;
        milestone(done);
      }
    }
  }

  @Override
  public void close() {
    if (null != bar) {
      bar.close();
    }
  }

  private void milestone(final long done) {
    final double seconds = Math.max(1, System.nanoTime() - beganNs) / 1e9;
    final double left = seconds * (total - done) / Math.max(1, done);
    terminal.remark(terminal.text("progress.milestone", task, milestone * 100 / MILESTONES, done, total,
        Math.round(done / seconds), Math.round(left)));
  }

  private static ProgressBar bar(final Terminal terminal, final String task, final String unit) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(0)
        .setUnit(" " + unit, 1)
        .showSpeed()
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(terminal.colour() ? ProgressBarStyle.COLORFUL_UNICODE_BAR : ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(terminal.err(), COLUMNS))
        .build();
  }
}
