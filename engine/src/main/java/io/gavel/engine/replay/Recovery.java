package io.gavel.engine.replay;

import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventSink;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalTailer;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a fresh core to where the journal ends, delivers again what a host has not seen, and leaves the journal ready
 * to be appended to. What it refuses to start on: damage, another configuration, another outcome than was stored.
 */
public final class Recovery {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final JournalTailer tailer;
  private final StateMachine machine;
  private final long startNs;
  private final boolean empty;
  private long redelivered;

  private Recovery(final JournalTailer tailer, final StateMachine machine, final boolean empty, final long startNs) {
    this.tailer = tailer;
    this.machine = machine;
    this.empty = empty;
    this.startNs = startNs;
  }

  /** Looks at record 1; {@code wanted} null: whatever the journal says, or the standard for a new one. */
  public static Recovery open(final Journal journal, final @Nullable CoreConfig wanted) {
    final long startNs = System.nanoTime();
    final JournalTailer tailer = journal.tailer();
    if (!tailer.next()) {
      return new Recovery(tailer, new StateMachine(null == wanted ? CoreConfig.standard() : wanted), true, startNs);
    }
    final CoreConfig found = Replayer.configOf(tailer);
    if (null != wanted && !wanted.equals(found)) {
      throw new IllegalArgumentException("the journal was begun with another configuration: "
          + String.join(", ", differences(found, wanted)));
    }
    return new Recovery(tailer, new StateMachine(found), false, startNs);
  }

  public StateMachine machine() {
    return machine;
  }

  /** Whether the journal holds nothing yet, not even a configuration. */
  public boolean isEmpty() {
    return empty;
  }

  /** Sequence of the last frame in the journal, after {@link #run}. */
  public long sequence() {
    return tailer.sequence();
  }

  /** Engine time of the last frame. */
  public long engineTimeNs() {
    return tailer.engineTimeNs();
  }

  /** Chain behind the last frame. */
  public long chain() {
    return tailer.chain();
  }

  /**
   * Replays everything, then readies {@code journal}. Events behind (afterSequence, afterIndex) go to {@code sink};
   * a negative sequence: none.
   */
  public void run(
      final Journal journal, final @Nullable StoredHash stored, final EventSink sink, final NamingHook naming,
      final long afterSequence, final int afterIndex) {
    final EventSink gate = afterSequence < 0 ? EventSink.NONE : (buffer, offset, length) -> {
      if (EventKey.isBehind(buffer, offset, afterSequence, afterIndex)) {
        redelivered++;
        deliver(sink, buffer, offset, length);
      }
    };
    final EventStage stage = new EventStage(machine, gate, naming);
    boolean more = !empty;
    while (more) {
      apply(stage);
      if (null != stored && stored.sequence() == tailer.sequence()) {
        final StoredHash now = Replayer.hashesOf(machine, tailer.sequence());
        if (!stored.equals(now)) {
          throw new StateDivergence(stored.sequence(), stored.stateHash(), now.stateHash());
        }
      }
      more = tailer.next();
    }
    if (null != stored && stored.sequence() > tailer.sequence()) {
      throw new CorruptJournalException(tailer.sequence() + 1, tailer.place(), "it was closed at sequence "
          + stored.sequence() + ", what lies behind " + tailer.sequence() + " is gone"
          + (null == tailer.tornTail() ? "" : ": " + tailer.tornTail()));
    }
    journal.resume(tailer);
  }

  /** What was found, as of now. */
  public RecoveryReport report() {
    return new RecoveryReport(machine.sequence(), Replayer.hashesOf(machine, machine.sequence()).stateHash(),
        (System.nanoTime() - startNs) / NANOS_PER_MILLI, redelivered);
  }

  private void apply(final EventStage stage) {
    try {
      stage.apply(tailer.buffer(), tailer.offset());
    } catch (final HostFault ex) {
      throw ex;
    } catch (final RuntimeException ex) {
      throw new ReplayFault(tailer.sequence(), "the core threw", ex);
    }
  }

  private static void deliver(final EventSink sink, final DirectBuffer buffer, final int offset, final int length) {
    try {
      sink.onEvent(buffer, offset, length);
    } catch (final RuntimeException ex) {
      throw new HostFault(EventKey.sequence(buffer, offset), EventKey.index(buffer, offset), ex);
    }
  }

  private static List<String> differences(final CoreConfig found, final CoreConfig wanted) {
    final List<String> result = new ArrayList<>();
    for (final RecordComponent component : CoreConfig.class.getRecordComponents()) {
      try {
        final Object before = component.getAccessor().invoke(found);
        final Object after = component.getAccessor().invoke(wanted);
        if (!before.equals(after)) {
          result.add(component.getName() + " is " + before + ", asked for " + after);
        }
      } catch (final ReflectiveOperationException ex) {
        throw new IllegalStateException("cannot read " + component, ex);
      }
    }
    return result;
  }

  /** A host's handler threw at an event delivered again. */
  public static final class HostFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HostFault(final long sequence, final int index, final Throwable cause) {
      super("the host threw at the redelivered event (" + sequence + ", " + index + ")", cause);
    }
  }
}
