package io.gavel.adapters.cli;

import io.gavel.engine.replay.RecoveryListener;
import io.gavel.engine.replay.RecoveryProgress;
import io.gavel.engine.replay.RecoveryReport;
import org.jspecify.annotations.Nullable;

/**
 * Shows a recovery on standard error: a bar while it lasts when a person is watching, a line once it is over. A
 * recovery that is over at once shows no bar. Called from the thread that launches.
 */
final class RecoveryView implements RecoveryListener, AutoCloseable {

  private static final long PATIENCE_NS = 300_000_000;

  private final Terminal terminal;
  private @Nullable Progress progress;

  RecoveryView(final Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void onProgress(final RecoveryProgress at) {
    if (!terminal.errIsTerminal() || at.elapsedNs() < PATIENCE_NS) {
      return;
    }
    if (null == progress) {
      progress = new Progress(terminal, terminal.text("recovery.task"), terminal.text("unit.frames"));
    }
    progress.at(at.sequence() - at.fromSequence(), Math.max(0, at.targetSequence() - at.fromSequence()));
  }

  /** Says what was found; nothing for a new journal. */
  void report(final RecoveryReport report) {
    close();
    report.notices().forEach(notice -> terminal.remark(terminal.text("recovery.passedOver", notice)));
    if (report.sequence() > 1) {
      terminal.remark(terminal.text("recovery.done", report.sequence(), report.stateHash(), report.millis(),
          report.snapshotSequence(), report.frames()));
    }
  }

  @Override
  public void close() {
    if (null != progress) {
      progress.close();
      progress = null;
    }
  }
}
