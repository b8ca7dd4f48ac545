package io.gavel.engine;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.Side;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs until it is killed; every answered command is a line of its correlation id. */
final class KilledChild {

  private KilledChild() {
  }

  public static void main(final String[] arguments) throws IOException {
    final OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
    final GavelEvents events = new GavelEvents() {
      @Override
      public void onAnswer(final CommandAnswerDecoder answer) {
        if (0 != answer.correlationId()) {
          try {
            out.write((answer.correlationId() + ";\n").getBytes(StandardCharsets.US_ASCII));
          } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
          }
        }
      }
    };
    final GavelContext context = new GavelContext().dir(Path.of(arguments[0])).config(Scene.CONFIG)
        .journalBlockBytes(64 << 10).journalSegmentBytes(256 << 10);
    try (Gavel engine = Gavel.launch(context, events)) {
      if (1 == engine.recovery().sequence()) {
        Scene.open(engine);
      }
      long reqId = Long.parseLong(arguments[1]);
      while (!engine.isHalted()) {
        final int burst = (int) (reqId % 7);
        for (int i = 0; i <= burst; i++) {
          final long id = ++reqId;
          engine.orders().place(o -> o.acct(0 == id % 2 ? "alice" : "bob").instId(Scene.PAIR).reqId(id)
              .side(0 == id % 3 ? Side.SELL : Side.BUY).ordType(OrdType.LIMIT).px("6000" + id % 10).sz("0.001"));
        }
        Scene.drain(engine);
        out.flush();
      }
    }
  }
}
