package io.gavel.adapters.cli.fuzz;

import io.gavel.adapters.backtest.scenario.ScenarioException;
import io.gavel.adapters.backtest.scenario.ScenarioReader;
import io.gavel.adapters.cli.pipe.Pipe;
import io.gavel.adapters.cli.pipe.PipeOptions;
import io.gavel.adapters.cli.text.Texts;
import io.gavel.adapters.market.capture.CaptureCheck;
import io.gavel.adapters.market.capture.CaptureException;
import io.gavel.adapters.market.capture.CaptureFormat;
import io.gavel.adapters.market.flow.FlowTapeException;
import io.gavel.adapters.market.flow.FlowTapeFile;
import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.DecimalText;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.GavelEvents;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.JournalScan;
import io.gavel.engine.proof.CheckpointStore;
import io.gavel.engine.proof.HistoryVerifier;
import io.gavel.engine.snapshot.DamagedSnapshotException;
import io.gavel.engine.snapshot.DirectorySnapshotStore;
import io.gavel.engine.snapshot.ForeignSnapshotException;
import io.gavel.engine.snapshot.SnapshotReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A decoder, and what must hold whatever bytes it is given. One thread. */
@SuppressWarnings("ImmutableEnumChecker") // an engine that goes on is part of what is tested
enum FuzzTarget {

  /** What the validator lets through the engine can apply: it answers, and does not halt. */
  COMMANDS {
    private final CommandValidator validator = new CommandValidator();
    private @Nullable Gavel engine;

    @Override
    void take(final byte[] data) {
      final Gavel running = running();
      validator.validate(new UnsafeBuffer(data), 0, data.length);
      running.ingress().offer(new UnsafeBuffer(data), 0, data.length);
      while (running.doWork() > 0) {
        require(!running.isHalted(), "halted: " + running.haltCause());
      }
      require(!running.isHalted(), "halted: " + running.haltCause());
    }

    private Gavel running() {
      Gavel running = engine;
      if (null == running) {
        running = Gavel.launch(new GavelContext(), new GavelEvents() { });
        engine = running;
      }
      return running;
    }
  },

  /** A journal in which bytes changed is never clean up to its end, and nothing is thrown. */
  FRAMES {
    @Override
    void take(final byte[] data) {
      final FuzzGround ground = FuzzGround.get();
      final boolean changed = ground.patchJournal(data);
      final JournalScan.Result result = JournalScan.scan(ground.journal(), 0);
      require(!changed || JournalScan.Status.CLEAN != result.status(), "a changed journal is clean: " + result);
      require(changed || JournalScan.Status.CLEAN == result.status(), "a sound journal is not clean: " + result);
    }
  },

  /** A snapshot in which bytes changed is damaged or foreign. */
  SNAPSHOT {
    @Override
    void take(final byte[] data) {
      final FuzzGround ground = FuzzGround.get();
      final boolean changed = ground.patchSnapshot(data);
      boolean sound = true;
      try (SnapshotReader reader =
          SnapshotReader.open(new DirectorySnapshotStore(ground.patched()), ground.snapshotSequence())) {
        reader.verify();
      } catch (final DamagedSnapshotException | ForeignSnapshotException ex) {
        sound = false;
      }
      require(changed != sound, changed ? "a changed snapshot is sound" : "a sound snapshot is damaged");
    }
  },

  /** A checkpoint in which bytes changed was not signed. */
  CHECKPOINT {
    @Override
    void take(final byte[] data) {
      final FuzzGround ground = FuzzGround.get();
      final boolean changed = ground.patchCheckpoint(data);
      final HistoryVerifier.Verdict verdict = HistoryVerifier.verify(
          ground.journal(), CheckpointStore.in(ground.patched()), ground.auditor());
      require(changed == (HistoryVerifier.Status.PROVED != verdict.status()), "changed " + changed + ": " + verdict);
    }
  },

  /** Every line is answered or refused, and the engine goes on. */
  LINES {
    private @Nullable Pipe pipe;

    @Override
    void take(final byte[] data) {
      try {
        Pipe running = pipe;
        if (null == running) {
          running = new Pipe(new PipeOptions(FuzzGround.folder("pipe"), DurabilityLevel.PROCESS, false, -1, 0),
              OutputStream.nullOutputStream(), Texts.of(Texts.ENGLISH));
          pipe = running;
        }
        running.run(new ByteArrayInputStream(data));
        require(null == running.haltCause(), "halted: " + running.haltCause());
      } catch (final InterruptedException ex) {
        Thread.currentThread().interrupt();
      }
    }
  },

  /** A scenario is one, or every mistake in it is named. */
  SCENARIO {
    @Override
    void take(final byte[] data) {
      try {
        ScenarioReader.read("fuzz.yaml", new String(data, StandardCharsets.UTF_8), Path.of("."), List.of());
      } catch (final ScenarioException ex) {
        require(!String.valueOf(ex.getMessage()).isEmpty(), "nothing is said");
      }
    }
  },

  /** An order flow is one, or the record is named at which it is not. */
  TAPE {
    @Override
    void take(final byte[] data) {
      try {
        FlowTapeFile.read(FuzzGround.file("tape.bin", data));
      } catch (final FlowTapeException ex) {
        require(!String.valueOf(ex.getMessage()).isEmpty(), "nothing is said");
      } catch (final IOException ex) {
        throw new UncheckedIOException(ex);
      }
    }
  },

  /** A capture is compared, or the record is named that cannot be meant; the first byte says whose it is. */
  CAPTURE {
    @Override
    void take(final byte[] data) {
      if (0 == data.length) {
        return;
      }
      final CaptureFormat[] formats = CaptureFormat.values();
      final CaptureFormat format = formats[(data[0] & 0x7f) % formats.length];
      final Path file = FuzzGround.file("capture", Arrays.copyOfRange(data, 1, data.length));
      try {
        CaptureCheck.run(file, format, CaptureFormat.LOBSTER == format ? file : null);
      } catch (final CaptureException ex) {
        require(!String.valueOf(ex.getMessage()).isEmpty(), "nothing is said");
      }
    }
  },

  /** Decimal text is a number that is written back as the same number, or is refused. */
  DECIMAL {
    @Override
    void take(final byte[] data) {
      for (int scale = 0; scale <= 10; scale++) {
        final long parsed = DecimalText.parse(data, 0, data.length, scale);
        if (DecimalText.NOT_PARSED == parsed) {
          continue;
        }
        require(parsed == DecimalText.parse(DecimalText.format(parsed, scale), scale),
            new String(data, StandardCharsets.ISO_8859_1) + " at scale " + scale);
      }
    }
  };

  abstract void take(byte[] data);

  private static void require(final boolean holds, final String sentence) {
    if (!holds) {
      throw new AssertionError(sentence);
    }
  }
}
