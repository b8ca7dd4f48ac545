package io.gavel.engine.replay;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.snapshot.StateHash;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/** Runs the frames of a journal through a fresh core, reading only: beside a live engine, or long after it. */
public final class Replayer {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private Replayer() {
  }

  /** Replays all of {@code dir}. */
  public static ReplayResult replay(final Path dir, final ReplayListener listener) {
    return replay(dir, Long.MAX_VALUE, listener);
  }

  /**
   * Replays {@code dir} up to and including {@code toSequence}.
   *
   * @throws CorruptJournalException at damage
   * @throws ReplayFault             when there is no journal or the core throws
   */
  public static ReplayResult replay(final Path dir, final long toSequence, final ReplayListener listener) {
    final JournalTailer tailer = ChronicleJournal.follow(dir);
    if (null == tailer) {
      throw new ReplayFault(0, "no journal in " + dir);
    }
    try (tailer) {
      return replay(tailer, toSequence, StoredHash.read(dir), listener);
    }
  }

  /** Replays what {@code tailer} reads. */
  public static ReplayResult replay(
      final JournalTailer tailer, final long toSequence, final @Nullable StoredHash stored,
      final ReplayListener listener) {
    final long startNs = System.nanoTime();
    if (!tailer.next()) {
      throw new ReplayFault(0, "the journal is empty" + (null == tailer.tornTail() ? "" : ": " + tailer.tornTail()));
    }
    final StateMachine machine = new StateMachine(configOf(tailer));
    final EventStage stage = new EventStage(machine, listener::onEvent, listener::onNaming)
        .passOver(tailer.quarantines());
    ReplayResult.Comparison comparison = ReplayResult.Comparison.NONE;
    boolean more = tailer.sequence() <= toSequence;
    while (more) {
      listener.beforeFrame(machine, tailer.buffer(), tailer.offset(), tailer.length());
      apply(stage, tailer);
      listener.afterFrame(machine, tailer.buffer(), tailer.offset(), tailer.length());
      if (null != stored && stored.sequence() == tailer.sequence()) {
        comparison = stored.equals(hashesOf(machine, tailer.sequence()))
            ? ReplayResult.Comparison.SAME : ReplayResult.Comparison.DIFFERENT;
      }
      more = tailer.sequence() < toSequence && tailer.next();
    }
    if (null != stored && toSequence > machine.sequence() && stored.sequence() > machine.sequence()) {
      throw new CorruptJournalException(machine.sequence() + 1, tailer.place(),
          "it was closed at sequence " + stored.sequence() + ", what lies behind " + machine.sequence() + " is gone");
    }
    final StoredHash now = hashesOf(machine, machine.sequence());
    return new ReplayResult(machine.sequence(), machine.engineTimeNs(), now.stateHash(), now.controlHash(),
        stage.events(), (System.nanoTime() - startNs) / NANOS_PER_MILLI, stored, comparison, tailer.tornTail());
  }

  /** The configuration in record 1, on which {@code tailer} stands. */
  public static CoreConfig configOf(final JournalTailer tailer) {
    final MutableDirectBuffer buffer = tailer.buffer();
    if (EngineConfigDecoder.TEMPLATE_ID != FrameFlyweight.templateIdOf(buffer, tailer.offset())) {
      throw new ReplayFault(tailer.sequence(), "record 1 is no EngineConfig");
    }
    final EngineConfigDecoder decoder = new EngineConfigDecoder();
    final FrameFlyweight frame = new FrameFlyweight().wrap(buffer, tailer.offset());
    decoder.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
    try {
      return CoreConfig.decode(decoder);
    } catch (final IllegalArgumentException ex) {
      throw new ReplayFault(tailer.sequence(), "record 1 cannot be run by this build", ex);
    }
  }

  /** Both hashes of a core. */
  public static StoredHash hashesOf(final StateMachine machine, final long sequence) {
    return new StoredHash(
        sequence, StateHash.of(machine.businessState()), StateHash.of(machine.controlState()));
  }

  /** Applies the frame on which {@code tailer} stands; what the core throws becomes a {@link ReplayFault}. */
  public static void apply(final EventStage stage, final JournalTailer tailer) {
    try {
      stage.apply(tailer.buffer(), tailer.offset());
    } catch (final RuntimeException ex) {
      throw ReplayFault.poison(tailer, ex);
    }
  }
}
