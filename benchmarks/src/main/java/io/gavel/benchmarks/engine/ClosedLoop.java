package io.gavel.benchmarks.engine;

import io.gavel.engine.Codes;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.Preset;
import io.gavel.engine.ring.Ingress;
import java.util.Arrays;

/**
 * One command at a time: from before it is offered to when the sender sees its answer, engine on a spinning thread of
 * its own, journal off. Says what the way there and back costs, not what a queue would add.
 */
final class ClosedLoop {

  private final Workload workload;

  ClosedLoop(final Workload workload) {
    this.workload = workload;
  }

  /** Nanoseconds of each timed command, ascending. */
  long[] run() {
    final HostEvents host = new HostEvents();
    final GavelContext context = new GavelContext().preset(Preset.DEDICATED_SPINNING)
        .config(workload.scale().config()).clock(new StandingClock());
    try (Gavel engine = Gavel.launch(context, host)) {
      final Ingress ingress = engine.ingress();
      Founding.write(workload.scale(), (buffer, offset, length) -> {
        while (Codes.BACK_PRESSURED == ingress.offer(buffer, offset, length)) {
          Thread.onSpinWait();
        }
      });
      final FrameTape.Cursor cursor = workload.tape().cursor();
      long sequence = engine.ask(machine -> machine.sequence());
      for (long i = 0; i < workload.untimedFrames() && cursor.next(); i++) {
        roundTrip(ingress, host, cursor, ++sequence);
      }
      final long[] nanos = new long[(int) workload.scale().commands()];
      for (int i = 0; i < nanos.length && cursor.next(); i++) {
        nanos[i] = roundTrip(ingress, host, cursor, ++sequence);
      }
      workload.verify("closed loop", engine.ask(EndState::of));
      Arrays.sort(nanos);
      return nanos;
    }
  }

  private static long roundTrip(
      final Ingress ingress, final HostEvents host, final FrameTape.Cursor cursor, final long sequence) {
    final long beganNs = System.nanoTime();
    ingress.offer(cursor.buffer(), cursor.offset(), cursor.length());
    while (host.answered() != sequence) {
      Thread.onSpinWait();
    }
    return System.nanoTime() - beganNs;
  }
}
