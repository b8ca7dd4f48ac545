package io.gavel.engine;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.replay.EventLog;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Journals until the disk is full, then says how many acknowledged commands the journal does not have. */
final class DiskFullChild {

  private DiskFullChild() {
  }

  public static void main(final String[] arguments) {
    java.util.logging.LogManager.getLogManager().reset();
    final Path dir = Path.of(arguments[0]);
    final Set<Long> acknowledged = new HashSet<>();
    final GavelEvents events = new GavelEvents() {
      @Override
      public void onAnswer(final CommandAnswerDecoder answer) {
        acknowledged.add(answer.correlationId());
      }
    };
    String cause = "none";
    try (Gavel engine = Gavel.launch(
        new GavelContext().dir(dir).config(Scene.CONFIG).journalBlockBytes(64 << 10), events)) {
      Scene.open(engine);
      for (long id = 1; id < 200_000 && !engine.isHalted(); id++) {
        engine.prices().set(Scene.PAIR, PriceSource.MARK, "60000", id);
        if (0 == id % 50) {
          drain(engine);
        }
      }
      cause = String.valueOf(engine.haltCause());
    }
    final int count = acknowledged.size();
    final CommandAnswerDecoder answer = new CommandAnswerDecoder();
    EventLog.deliver(dir, 0, 0, Long.MAX_VALUE, (buffer, offset, length) -> {
      if (EventKey.isAnswer(buffer, offset)) {
        answer.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
            EventKey.version(buffer, offset));
        acknowledged.remove(answer.correlationId());
      }
    });
    System.out.println(cause.replace('\n', ' ') + "; acknowledged " + count + ", lost " + acknowledged.size());
  }

  private static void drain(final Gavel engine) {
    try {
      Scene.drain(engine);
    } catch (final InternalError late) {
      // Java 17 may raise the fault of a lost store anywhere later; the engine has judged by what it read back.
      System.out.println("late " + late.getMessage());
    }
  }
}
