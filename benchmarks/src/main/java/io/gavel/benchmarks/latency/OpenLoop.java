package io.gavel.benchmarks.latency;

import io.gavel.benchmarks.engine.EndState;
import io.gavel.benchmarks.engine.EngineThread;
import io.gavel.benchmarks.engine.Founding;
import io.gavel.benchmarks.engine.FrameTape;
import io.gavel.benchmarks.engine.StandingClock;
import io.gavel.benchmarks.engine.Stopwatch;
import io.gavel.benchmarks.engine.Workload;
import io.gavel.engine.Codes;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.ring.Ingress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the workload at one rate after the other to an engine as a host launches it, until half of the commands wait
 * longer than a millisecond. What then is left of the tape is sent as fast as it goes, so that the engine ends on the
 * state it must end on; else there is no figure.
 */
final class OpenLoop {

  /** A stage that leaves this many nanoseconds before its first command is due starts on time. */
  private static final long LEAD_NS = 2_000_000L;
  private static final long ON_TIME_NS = 1_000_000L;

  private final Workload workload;
  private final Mode mode;
  private final Path out;
  private final @Nullable Path journal;
  private final String refusal;
  private final LatencyEvents host = new LatencyEvents();

  OpenLoop(final Workload workload, final Mode mode, final Path out, final @Nullable Path journal,
      final String refusal) {
    this.workload = workload;
    this.mode = mode;
    this.out = out;
    this.journal = journal;
    this.refusal = refusal;
  }

  /** Rates in commands a second, and of each how many commands; together no more than the workload times. */
  List<Stage> run(final List<Integer> rates, final int millis, final long commandsMax) throws IOException {
    final EngineThread thread = new EngineThread();
    final GavelContext context = new GavelContext().preset(mode.preset()).config(workload.scale().config())
        .clock(new StandingClock()).threadFactory(thread);
    if (null != journal) {
      context.dir(journal);
    }
    final List<Stage> stages = new ArrayList<>();
    try (Gavel engine = Gavel.launch(context, host); JitterProbe probe = new JitterProbe()) {
      final Line line = new Line(engine);
      Founding.write(workload.scale(), line::now);
      final FrameTape.Cursor cursor = workload.tape().cursor();
      line.rush(cursor, workload.untimedFrames());
      for (final int rate : rates) {
        stages.add(stage(engine, line, cursor, rate, commands(rate, millis, commandsMax), probe, thread));
        if (stages.get(stages.size() - 1).isSaturated()) {
          break;
        }
      }
      line.rush(cursor, Long.MAX_VALUE);
      workload.verify("open loop, " + mode.label(), engine.ask(EndState::of));
    }
    return stages;
  }

  static long commands(final int rate, final int millis, final long commandsMax) {
    return Math.min(commandsMax, (long) rate * millis / 1_000);
  }

  private Stage stage(final Gavel engine, final Line line, final FrameTape.Cursor cursor, final int rate,
      final long commands, final JitterProbe probe, final EngineThread thread) throws IOException {
    final long firstSequence = engine.ask(machine -> machine.sequence()) + 1;
    final Stopwatch watch = new Stopwatch(thread.threads());
    final String name = new Stage(mode, rate, commands, 1, new Histogram(1), new Histogram(1), 0, true, "").fileName();
    try (HistogramFiles files = new HistogramFiles(host.recorder(), out, name)) {
      probe.take();
      final Schedule schedule = new Schedule(firstSequence, commands, System.nanoTime() + LEAD_NS, rate);
      host.begin(schedule);
      watch.start();
      line.onSchedule(cursor, schedule);
      final long elapsedNs = System.nanoTime() - schedule.startNs();
      watch.stop();
      host.end();
      return new Stage(mode, rate, commands, elapsedNs, files.finish(), probe.take(), watch.bytes(),
          host.lowestOfLastTenthNs() < ON_TIME_NS, refusal);
    }
  }

  /** The way into the engine: with a thread of its own it works by itself, else whoever sends drives it. */
  private final class Line {

    private static final int SENT_PER_TURN = 64;

    private final Gavel engine;
    private final Ingress ingress;
    private final boolean drives;

    private Line(final Gavel engine) {
      this.engine = engine;
      this.ingress = engine.ingress();
      this.drives = !mode.preset().ownThread();
    }

    /** Offers until it is taken. */
    void now(final DirectBuffer frame, final int offset, final int length) {
      long position = ingress.offer(frame, offset, length);
      while (Codes.BACK_PRESSURED == position) {
        work();
        position = ingress.offer(frame, offset, length);
      }
      if (position < 0) {
        throw new IllegalStateException(Codes.describe(position));
      }
    }

    /** Sends up to so many as fast as they are taken, and waits until they are answered. */
    void rush(final FrameTape.Cursor cursor, final long frames) {
      for (long i = 0; i < frames && cursor.next(); i++) {
        now(cursor.buffer(), cursor.offset(), cursor.length());
      }
      while (drives && engine.doWork() > 0) {
        Thread.onSpinWait();
      }
    }

    /** Sends each when it is due, and waits until the last is answered. */
    void onSchedule(final FrameTape.Cursor cursor, final Schedule schedule) {
      final long last = schedule.firstSequence() + schedule.commands() - 1;
      long sent = 0;
      while (sent < schedule.commands()) {
        final long nowNs = System.nanoTime();
        int turn = 0;
        while (sent < schedule.commands() && turn < SENT_PER_TURN && schedule.dueNs(sent) <= nowNs && cursor.next()) {
          now(cursor.buffer(), cursor.offset(), cursor.length());
          sent++;
          turn++;
        }
        work();
      }
      while (host.answered() < last) {
        work();
      }
    }

    private void work() {
      if (drives) {
        engine.doWork();
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
