package io.gavel.benchmarks.engine;

import io.gavel.engine.Codes;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.Preset;
import io.gavel.engine.ring.Ingress;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The engine as a host launches it: ingress (validates, copies into the ring), sequencer (CRC32C, chain), journal,
 * core, events to the host's handler. INVOKER: the sending thread drives. DEDICATED: the engine's own thread does.
 */
final class EngineRun {

  /** With a journal a commit is shared by as many frames as the default says; without, few stay close at hand. */
  private static final int FRAMES_PER_TURN_JOURNAL = 256;
  private static final int FRAMES_PER_TURN = 32;

  private final Workload workload;
  private final Preset preset;
  private final @Nullable Path dir;

  EngineRun(final Workload workload, final Preset preset, final @Nullable Path dir) {
    this.workload = workload;
    this.preset = preset;
    this.dir = dir;
  }

  Figures run(final String name) {
    final HostEvents host = new HostEvents();
    final EngineThread thread = new EngineThread();
    final GavelContext context = new GavelContext().preset(preset).config(workload.scale().config())
        .clock(new StandingClock()).threadFactory(thread);
    if (null == dir) {
      context.batchMax(FRAMES_PER_TURN);
    } else {
      context.dir(dir);
    }
    try (Gavel engine = Gavel.launch(context, host)) {
      final FrameSink sink = sink(engine);
      Founding.write(workload.scale(), sink);
      final FrameTape.Cursor cursor = workload.tape().cursor();
      final Stopwatch watch = new Stopwatch(thread.threads());
      send(cursor, workload.untimedFrames(), sink);
      await(engine);
      final long eventsBefore = host.events();
      watch.start();
      send(cursor, workload.scale().commands(), sink);
      await(engine);
      watch.stop();
      workload.verify(name, engine.ask(EndState::of));
      return new Figures(name, workload.scale().commands(), watch.wallNs(), watch.cpuNs(), watch.bytes(),
          host.events() - eventsBefore, host.refused());
    }
  }

  private static void send(final FrameTape.Cursor cursor, final long frames, final FrameSink sink) {
    for (long i = 0; i < frames && cursor.next(); i++) {
      sink.send(cursor.buffer(), cursor.offset(), cursor.length());
    }
  }

  private FrameSink sink(final Gavel engine) {
    final Ingress ingress = engine.ingress();
    return preset.ownThread() ? new Sender(ingress) : new Driver(engine, ingress,
        null == dir ? FRAMES_PER_TURN : FRAMES_PER_TURN_JOURNAL);
  }

  /** Until everything offered has been applied. */
  private void await(final Gavel engine) {
    if (preset.ownThread()) {
      engine.ask(machine -> machine.sequence());
    } else {
      while (engine.doWork() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Offers, and waits for room when there is none. */
  private static final class Sender implements FrameSink {

    private final Ingress ingress;

    private Sender(final Ingress ingress) {
      this.ingress = ingress;
    }

    @Override
    public void send(final DirectBuffer frame, final int offset, final int length) {
      long position = ingress.offer(frame, offset, length);
      while (Codes.BACK_PRESSURED == position) {
        Thread.onSpinWait();
        position = ingress.offer(frame, offset, length);
      }
      if (position < 0) {
        throw new IllegalStateException(Codes.describe(position));
      }
    }
  }

  /** Offers, and drives the engine after every few. */
  private static final class Driver implements FrameSink {

    private final Gavel engine;
    private final Ingress ingress;
    private final int framesPerTurn;
    private int offered;

    private Driver(final Gavel engine, final Ingress ingress, final int framesPerTurn) {
      this.engine = engine;
      this.ingress = ingress;
      this.framesPerTurn = framesPerTurn;
    }

    @Override
    public void send(final DirectBuffer frame, final int offset, final int length) {
      final long position = ingress.offer(frame, offset, length);
      if (position < 0) {
        throw new IllegalStateException(Codes.describe(position));
      }
      if (++offered == framesPerTurn) {
        offered = 0;
        while (engine.doWork() > 0) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
