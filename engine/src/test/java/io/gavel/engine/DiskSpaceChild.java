package io.gavel.engine;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.replay.EventLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * Somebody else fills the disk and empties it again, over and over; then nobody empties it. Says how many rounds went
 * as they must, how long it took until new risk was refused, and how many acknowledged commands the journal lacks.
 */
final class DiskSpaceChild {

  private static final long LOW_WATER = 4 << 20;
  private static final int CHUNK = 256 << 10;
  private static final int COMMANDS_MAX = 100_000;

  private final Path dir;
  private final Set<Long> acknowledged = new HashSet<>();
  private boolean isShort;
  private ReasonCode lastCode = ReasonCode.OK;
  private long nextId;
  private long commandsToRefusalMax;
  private long nsToRefusalMax;

  private final GavelEvents events = new GavelEvents() {
    @Override
    public void onAnswer(final CommandAnswerDecoder answer) {
      lastCode = answer.code();
      if (0 != answer.correlationId()) {
        acknowledged.add(answer.correlationId());
      }
    }

    @Override
    public void onDegraded(final boolean on, final long usableBytes) {
      isShort = on;
    }
  };

  private DiskSpaceChild(final Path dir) {
    this.dir = dir;
  }

  public static void main(final String[] arguments) throws IOException {
    java.util.logging.LogManager.getLogManager().reset();
    new DiskSpaceChild(Path.of(arguments[0])).run(Integer.parseInt(arguments[1]));
  }

  private void run(final int rounds) throws IOException {
    int good = 0;
    String cause = "none";
    final Path ballast = dir.resolve("somebody-else");
    try (Gavel engine = Gavel.launch(new GavelContext().dir(dir).config(Scene.CONFIG).journalBlockBytes(64 << 10)
        .spaceLowWaterBytes(LOW_WATER).spaceReserveBytes(1 << 20), events)) {
      Scene.open(engine);
      for (int round = 0; round < rounds && !engine.isHalted(); round++) {
        good += round(engine, ballast) ? 1 : 0;
      }
      while (!engine.isHalted() && nextId < 10_000_000) {
        burst(engine);
      }
      cause = String.valueOf(engine.haltCause());
    }
    System.out.println(rounds + " rounds, " + good + " good, new risk refused after at most " + commandsToRefusalMax
        + " commands, " + nsToRefusalMax / 1_000 + " us; then full: " + cause.replace('\n', ' ') + "; acknowledged "
        + acknowledged.size() + ", lost " + lost());
  }

  private boolean round(final Gavel engine, final Path ballast) throws IOException {
    order(engine, "rest" + nextId);
    final boolean takenBefore = ReasonCode.OK == lastCode;
    final String resting = "rest" + (nextId - 1);
    fill(ballast, LOW_WATER - CHUNK);
    final long startNs = System.nanoTime();
    final long from = nextId;
    while (!isShort && nextId - from < COMMANDS_MAX) {
      mark(engine);
    }
    nsToRefusalMax = Math.max(nsToRefusalMax, System.nanoTime() - startNs);
    commandsToRefusalMax = Math.max(commandsToRefusalMax, nextId - from);
    order(engine, "refused" + nextId);
    final boolean refused = ReasonCode.DEGRADED == lastCode;
    engine.orders().cancel("alice", resting);
    Scene.drain(engine);
    final boolean cancelled = ReasonCode.OK == lastCode;
    Files.delete(ballast);
    for (int i = 0; i < COMMANDS_MAX && isShort; i++) {
      engine.doWork();
    }
    return takenBefore && refused && cancelled && !isShort;
  }

  private void order(final Gavel engine, final String name) {
    final long id = ++nextId;
    engine.orders().place(o -> o.acct("alice").instId(Scene.PAIR).side(Side.BUY).ordType(OrdType.LIMIT).px("59000")
        .sz("0.001").clOrdId(name).reqId(id));
    Scene.drain(engine);
  }

  private void mark(final Gavel engine) {
    nextId++;
    engine.prices().set(Scene.PAIR, io.gavel.codecs.sbe.PriceSource.MARK, "60000", nextId);
    Scene.drain(engine);
  }

  /** Large commits, so that the end comes soon. */
  private void burst(final Gavel engine) {
    for (int i = 0; i < 200; i++) {
      nextId++;
      engine.prices().set(Scene.PAIR, io.gavel.codecs.sbe.PriceSource.MARK, "60000", nextId);
    }
    try {
      Scene.drain(engine);
    } catch (final InternalError late) {
      // Java 17 may raise the fault of a lost store anywhere later; the engine has judged by what it read back.
      System.err.println("late " + late.getMessage());
    }
  }

  private void fill(final Path ballast, final long leave) throws IOException {
    final byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (dir.toFile().getUsableSpace() - CHUNK >= leave) {
        out.write(chunk);
        out.flush();
      }
    }
  }

  private long lost() {
    final Set<Long> missing = new HashSet<>(acknowledged);
    final CommandAnswerDecoder answer = new CommandAnswerDecoder();
    EventLog.deliver(dir, 0, 0, Long.MAX_VALUE, (buffer, offset, length) -> {
      if (EventKey.isAnswer(buffer, offset)) {
        answer.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
            EventKey.version(buffer, offset));
        missing.remove(answer.correlationId());
      }
    });
    return missing.size();
  }
}
