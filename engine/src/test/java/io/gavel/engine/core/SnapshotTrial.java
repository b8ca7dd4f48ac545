package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.engine.snapshot.MemorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotReader;
import io.gavel.engine.snapshot.SnapshotWriter;
import io.gavel.engine.snapshot.StateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes snapshots of seeded traffic, restores each, runs it to the next one and compares; see
 * {@link RestoreAnySnapshotTest}.
 */
final class SnapshotTrial {

  private static final int COMMANDS_PER_RUN = 20_000;
  private static final int EVERY = 1_000;

  /** State hash, control hash. */
  private record Point(String state, String control) {

    static Point of(final StateMachine machine) {
      return new Point(StateHash.of(machine.businessState()), StateHash.of(machine.controlState()));
    }
  }

  private long taken;
  private long restored;
  private long toTheEnd;
  private long withAuction;
  private long withIceberg;
  private long withDeadline;
  private long withHalfFiredRule;
  private long withWaitingRule;

  /** Runs seeds from {@code seed} on until so many snapshots were taken. */
  void run(final int snapshots, final long firstSeed, final int closeEvery) {
    for (long seed = firstSeed; taken < snapshots; seed++) {
      // Far apart as in life, and close together, where more of what is half done is caught.
      final boolean far = 0 == seed % 3;
      run(seed, far ? EVERY : closeEvery, far ? COMMANDS_PER_RUN : COMMANDS_PER_RUN / 10);
    }
    report();
  }

  private void report() {
    System.out.println("snapshots taken " + taken + ", restored equal " + restored + ", run to the end " + toTheEnd
        + "; in an auction " + withAuction + ", icebergs " + withIceberg + ", deadlines pending " + withDeadline
        + ", rules waiting " + withWaitingRule + ", rules fired and at work " + withHalfFiredRule);
    assertEquals(taken, restored);
    for (final long count : new long[] {withAuction, withIceberg, withDeadline, withHalfFiredRule, withWaitingRule}) {
      assertTrue(count > 0, "the traffic was too easy");
    }
  }

  private void run(final long seed, final int every, final int commands) {
    final List<byte[]> frames = new ArrayList<>();
    final CoreConfig config = Core.small().withActivationDelayNs(0 == seed % 2 ? 120 : 0);
    final Core core = Core.recording(config, frames);
    core.openSpot(50_000, 100_000, 0 == seed % 4 ? FeeAsset.BASE : FeeAsset.QUOTE);
    final RandomTraffic traffic = new RandomTraffic(seed);
    final MemorySnapshotStore store = new MemorySnapshotStore();
    final TreeMap<Long, Point> points = new TreeMap<>();
    for (int i = 1; i <= commands; i++) {
      traffic.next(core);
      core.events.clear();
      if (0 == i % every) {
        SnapshotWriter.write(core.machine, seed, store);
        points.put(core.machine.sequence(), Point.of(core.machine));
        count(core.machine);
      }
    }
    points.put(core.machine.sequence(), Point.of(core.machine));
    final long[] sequences = store.list();
    taken += sequences.length;
    final long drawn = sequences[new SplittableRandom(seed).nextInt(sequences.length)];
    for (final long sequence : sequences) {
      final Long next = points.higherKey(sequence);
      final long to = sequence == drawn || null == next ? points.lastKey() : next;
      final String where = "seed " + seed + ", every " + every + ", snapshot " + sequence + " run to " + to;
      assertEquals(points.get(to), restoreAndRun(store, sequence, frames, to, points, where), where);
      restored++;
      toTheEnd += to == points.lastKey() ? 1 : 0;
    }
  }

  private static Point restoreAndRun(final MemorySnapshotStore store, final long sequence, final List<byte[]> frames,
      final long to, final Map<Long, Point> points, final String where) {
    final StateMachine machine;
    try (SnapshotReader reader = SnapshotReader.open(store, sequence)) {
      assertEquals(points.get(sequence).state(), reader.facts().stateHash(), where);
      assertEquals(points.get(sequence).control(), reader.facts().controlHash(), where);
      machine = reader.restore(true);
    }
    for (long next = sequence; next < to; next++) {
      final byte[] bytes = frames.get((int) next);
      boolean done = machine.apply(new UnsafeBuffer(bytes), 0);
      machine.outbox().clear();
      while (!done) {
        done = machine.resume();
        machine.outbox().clear();
      }
    }
    return Point.of(machine);
  }

  private void count(final StateMachine machine) {
    withAuction += SessionState.AUCTION == machine.session(Core.PAIR)
        || SessionState.PRE_OPEN == machine.session(Core.PAIR) ? 1 : 0;
    withDeadline += machine.nextDeadlineNs() < Long.MAX_VALUE ? 1 : 0;
    boolean iceberg = false;
    boolean waiting = false;
    boolean fired = false;
    for (int accountSlot = 0; accountSlot < machine.risk().accountCount(); accountSlot++) {
      for (int slot = machine.orders().firstOf(accountSlot); slot >= 0; slot = machine.orders().nextOf(slot)) {
        iceberg |= 0 != machine.orderPool().displayLots(slot);
      }
      for (int slot = machine.ruleTable().firstOf(accountSlot); slot >= 0; slot = machine.ruleTable().nextOf(slot)) {
        waiting |= RuleState.PENDING == machine.rules().state(slot);
        fired |= RuleState.PENDING != machine.rules().state(slot) && RuleState.LIVE != machine.rules().state(slot);
      }
    }
    withIceberg += iceberg ? 1 : 0;
    withWaitingRule += waiting ? 1 : 0;
    withHalfFiredRule += fired ? 1 : 0;
  }
}
