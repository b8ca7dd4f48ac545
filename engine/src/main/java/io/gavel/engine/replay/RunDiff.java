package io.gavel.engine.replay;

import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.CorruptJournalException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs two journals side by side and says where their events part, and what either came to. Of a run that a what-if in
 * an open market made, the frames it inserted are passed over, and only the events of the account it was about are
 * held against each other: of everybody else it says what they did, not why. One thread.
 */
public final class RunDiff {

  /**
   * How the second run was made of the first.
   *
   * @param inserted    sequences of the second run's frames that the first does not have
   * @param onlyAccount whose events are compared; 0: everybody's
   */
  public record Alignment(List<Long> inserted, long onlyAccount) {

    /** The runs stand for themselves. */
    public static final Alignment NONE = new Alignment(List.of(), 0);
  }

  /** Where the events part; a side without an event has null: it has fewer there, or ended. */
  public record Parting(long sequence, long timeNs, @Nullable FrameBytes first, @Nullable FrameBytes second) {
  }

  /** Both runs. */
  public record Result(@Nullable Parting parting, RunFacts first, RunFacts second, StoredHash firstHash,
      StoredHash secondHash) {

    /** Whether nothing that was compared differs. */
    public boolean isSame() {
      return null == parting;
    }
  }

  private RunDiff() {
  }

  /**
   * Compares all of both.
   *
   * @throws CorruptJournalException at damage
   * @throws ReplayFault             when there is no journal or a core throws
   */
  public static Result of(final Path first, final Path second, final Alignment alignment, final NamingHook firstNames,
      final NamingHook secondNames) {
    try (RunSide one = new RunSide(first, List.of(), alignment.onlyAccount(), firstNames);
        RunSide two = new RunSide(second, alignment.inserted(), alignment.onlyAccount(), secondNames)) {
      Parting parting = null;
      boolean more = true;
      while (more) {
        final boolean hasFirst = one.step();
        final boolean hasSecond = two.step();
        more = hasFirst || hasSecond;
        if (null == parting && more) {
          parting = parting(one, two, hasFirst, hasSecond);
        }
      }
      one.facts().finish(one.machine());
      two.facts().finish(two.machine());
      return new Result(parting, one.facts(), two.facts(), Replayer.hashesOf(one.machine(), one.machine().sequence()),
          Replayer.hashesOf(two.machine(), two.machine().sequence()));
    }
  }

  private static @Nullable Parting parting(
      final RunSide one, final RunSide two, final boolean hasFirst, final boolean hasSecond) {
    final RunSide running = hasFirst ? one : two;
    if (hasFirst != hasSecond) {
      return new Parting(running.sequence(), running.machine().engineTimeNs(), one.event(0), two.event(0));
    }
    final int at = one.differsAt(two);
    return at < 0 ? null
        : new Parting(one.sequence(), one.machine().engineTimeNs(), one.event(at), two.event(at));
  }
}
