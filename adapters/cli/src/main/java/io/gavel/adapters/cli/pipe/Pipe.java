package io.gavel.adapters.cli.pipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.text.Texts;
import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.Codes;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.replay.RecoveryListener;
import io.gavel.engine.replay.RecoveryReport;
import io.gavel.risk.instrument.Instrument;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Drives an engine from lines: reads a command, lets the engine finish it, writes its events and then its one
 * acknowledgement. A line that is no command is acknowledged with a reason and changes nothing. The caller's thread is
 * the engine's; another one only reads ahead.
 */
public final class Pipe implements AutoCloseable {

  private static final int IDLE_MILLIS = 5;
  /** Fewer than a session's answer window, so that whoever is in doubt after a crash can ask again. */
  private static final int UNFLUSHED_MAX = 64;
  private static final int DEPTH_DEFAULT = 20;
  private static final int DEPTH_MAX = 10_000;
  private static final String STATE = "state";
  private static final String[] STATE_FIELDS = {"acct", "instId", "depth"};

  private final Texts texts;
  private final ReasonTexts reasons;
  private final boolean isRelaunch;
  private final JsonLines json;
  private final JsonOut out;
  private final InputClock clock = new InputClock();
  private final EventTape tape = new EventTape();
  private final Map<String, Op> ops = new LinkedHashMap<>();
  private final Op batchOp = BatchLine.op();
  private final BatchLine batchLine;
  private final Op stateOp = new Op(STATE, (line, scope) -> { }, STATE_FIELDS);
  private final Gavel engine;
  private final CommandScope scope;
  private final EventRenderer events;
  private final StateRenderer states;
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private long lines;
  private long unusable;

  /** Launches the engine; on a directory that holds a journal it recovers. */
  public Pipe(final PipeOptions options, final OutputStream output, final Texts texts) {
    this(options, output, texts, RecoveryListener.NONE);
  }

  /** As above; {@code recovery} hears how far it has come. */
  public Pipe(
      final PipeOptions options, final OutputStream output, final Texts texts, final RecoveryListener recovery) {
    this.texts = texts;
    this.reasons = ReasonTexts.of(ReasonTexts.Language.of(texts.language()));
    this.json = new JsonLines(texts);
    this.out = new JsonOut(output);
    this.batchLine = new BatchLine(texts, reasons, json);
    this.isRelaunch = hasContent(options.dir());
    final GavelContext context = new GavelContext().dir(options.dir()).durability(options.durability())
        .quarantineKeys(options.quarantineKeys().toArray(PublicKey[]::new))
        .onRecovery(recovery)
        .clock(options.systemClock() ? SystemEpochNanoClock.INSTANCE : clock);
    if (options.fromSequence() >= 0) {
      context.deliverFrom(options.fromSequence(), options.fromIndex());
    }
    engine = Gavel.launch(context, tape);
    scope = new CommandScope(engine, texts);
    events =
        new EventRenderer(engine.directory(), this::feeAsset, this::referenceAsset, out, reasons);
    states = new StateRenderer(engine, out);
    Stream.of(new RegistryOps().ops(), new MoneyOps().ops(), new OrderOps().ops(), new RuleOps().ops(),
        new MarketOps().ops(), new SessionOps().ops(), new SecurityOps().ops(),
        new LimitOps().ops(), new PriceOps().ops(), new MarginOps().ops(),
        new LiquidationOps().ops(), new TokenOps().ops(), new RemedyOps().ops()).flatMap(List::stream)
        .forEach(op -> ops.put(op.name(), op));
    ops.put(STATE, stateOp);
    ops.put(BatchLine.NAME, batchOp);
  }

  /** Runs until the input ends or the engine halts. */
  public PipeResult run(final InputStream input) throws InterruptedException {
    if (isRelaunch) {
      out.begin("recovered").put("seq", engine.recovery().sequence()).put("hash", engine.recovery().stateHash())
          .put("millis", engine.recovery().millis()).end();
    }
    renderEvents();
    out.flush();
    final ReadAhead ahead = ReadAhead.start(input);
    int unflushed = 0;
    while (!engine.isHalted()) {
      final InputLine line = ahead.next(IDLE_MILLIS);
      if (InputLine.END == line) {
        break;
      }
      if (null != line && !line.isBlank()) {
        take(line);
      } else if (null == line) {
        drive();
        renderEvents();
      }
      if (ahead.isEmpty() || ++unflushed >= UNFLUSHED_MAX) {
        out.flush();
        unflushed = 0;
      }
    }
    ahead.failure().ifPresent(e -> {
      throw new UncheckedIOException(e);
    });
    renderHalt();
    out.flush();
    return new PipeResult(lines, unusable, engine.isHalted());
  }

  /** What the launch found. */
  public RecoveryReport recovery() {
    return engine.recovery();
  }

  /** Why the engine halted; null while it has not. */
  public @Nullable Throwable haltCause() {
    return engine.haltCause();
  }

  @Override
  public void close() {
    engine.close();
  }

  private void take(final InputLine line) {
    lines++;
    JsonNode reqId = null;
    try {
      final ObjectNode node = json.parse(line);
      reqId = json.reqId(node);
      final Fields fields = new Fields(node, texts);
      final Op op = op(fields);
      fields.allowOnly(op.fields());
      final long timeNs = fields.timeOr("ts", 0);
      scope.begin(fields, line.number());
      if (stateOp == op) {
        state(fields, reqId);
        return;
      }
      if (batchOp == op) {
        batchLine.encode(fields, scope, ops, line.number(), timeNs);
      } else {
        op.encode(fields, scope);
        scope.ingress().intendedTimeNs(timeNs);
      }
      clock.advanceTo(timeNs);
      send(line, reqId, batchOp == op);
    } catch (final LineFault e) {
      unusable++;
      refuse(line, null == reqId ? json.salvageReqId(line) : reqId, e.code().name(), e.text());
    }
  }

  private Op op(final Fields fields) throws LineFault {
    final String name = fields.text("op");
    final Op op = ops.get(name);
    if (null == op) {
      throw fields.fault(ReasonCode.UNKNOWN_TEMPLATE, "pipe.unknownOp", fields.shown("op", ""),
          Fields.nearest(name, ops.keySet()));
    }
    return op;
  }

  private void state(final Fields line, final JsonNode reqId) throws LineFault {
    final long account = line.has("acct") ? scope.account(line) : 0;
    final int instrumentId = line.has("instId") ? scope.instrument(line).id() : 0;
    final int depth = line.intOr("depth", 0, DEPTH_MAX, DEPTH_DEFAULT);
    states.render(reqId, new StateRenderer.Filter(account, instrumentId, depth));
    out.begin("ack").put("reqId", reqId).put("seq", engine.sequence()).put("code", ReasonCode.OK.name())
        .put("durability", durability()).end();
  }

  private void send(final InputLine line, final JsonNode reqId, final boolean isBatch) {
    long position = offer(isBatch);
    while (Codes.BACK_PRESSURED == position) {
      drive();
      position = offer(isBatch);
    }
    if (Codes.isRefused(position)) {
      unusable++;
      final ReasonCode code = Codes.reason(position);
      refuse(line, reqId, code.name(), reasons.text(code));
      return;
    }
    if (position < 0) {
      refuse(line, reqId, haltWord(), Codes.describe(position));
      return;
    }
    final int last = isBatch ? batchLine.batch().size() - 1 : 0;
    while (findAnswer(line.number(), last) < 0 && !engine.isHalted()) {
      drive();
    }
    drive();
    if (findAnswer(line.number(), last) < 0) {
      renderEvents();
      refuse(line, reqId, haltWord(), String.valueOf(engine.haltCause()));
      return;
    }
    renderEventLines();
    if (isBatch) {
      acknowledgeBatch(line.number(), reqId);
    } else {
      acknowledge(line.number(), reqId);
    }
    tape.clear();
  }

  private long offer(final boolean isBatch) {
    return isBatch ? scope.ingress().offer(batchLine.batch()) : scope.ingress().offer();
  }

  /** Lets the engine work until it has nothing left to do. */
  private void drive() {
    int work = engine.doWork();
    while (work > 0) {
      work = engine.doWork();
    }
  }

  /** Where the answer to command {@code item} of this line stands on the tape; negative: not yet. */
  private int findAnswer(final long correlationId, final int item) {
    int left = item;
    for (int at = 0; at < tape.position(); at += EventKey.length(tape.buffer(), at)) {
      if (CommandAnswerDecoder.TEMPLATE_ID == EventKey.templateId(tape.buffer(), at)) {
        wrapAnswer(at);
        if (correlationId == answer.correlationId() && 0 == left--) {
          return at;
        }
      }
    }
    return -1;
  }

  private void wrapAnswer(final int at) {
    answer.wrap(tape.buffer(), at + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(tape.buffer(), at),
        EventKey.version(tape.buffer(), at));
  }

  private void acknowledge(final long lineNumber, final JsonNode reqId) {
    wrapAnswer(findAnswer(lineNumber, 0));
    out.begin("ack").put("reqId", reqId).put("seq", answeredSequence())
        .putTime("ts", answer.header().engineTimeNs());
    putOutcome();
    out.put("durability", durability()).end();
  }

  /** The batch itself is always OK once it is in; what became of each item is said by the item. */
  private void acknowledgeBatch(final long lineNumber, final JsonNode reqId) {
    wrapAnswer(findAnswer(lineNumber, 0));
    out.begin("ack").put("reqId", reqId).put("seq", answer.header().sequence())
        .putTime("ts", answer.header().engineTimeNs()).put("code", ReasonCode.OK.name()).beginArray("items");
    for (int i = 0; i < batchLine.batch().size(); i++) {
      wrapAnswer(findAnswer(lineNumber, i));
      out.beginItem().put("reqId", batchLine.reqId(i)).put("seq", answeredSequence());
      putOutcome();
      out.endItem();
    }
    out.endArray().put("durability", durability()).end();
  }

  private long answeredSequence() {
    return Flag.YES == answer.duplicate() ? answer.answeredSequence() : answer.header().sequence();
  }

  private void putOutcome() {
    final ReasonCode code = answer.code();
    out.put("code", code.name());
    if (ReasonCode.OK != code) {
      out.put("message", reasons.text(code));
    }
    if (Flag.YES == answer.duplicate()) {
      out.put("duplicate", true);
    }
    final String field = AnswerIds.fieldOf(answer.commandTemplateId(), code);
    if (AnswerIds.UNTIL.equals(field)) {
      out.putTime(field, answer.id());
    } else {
      out.putId(field, answer.id());
    }
  }

  private void refuse(final InputLine line, final JsonNode reqId, final String code, final String message) {
    out.begin("ack").put("reqId", reqId).put("seq", 0).put("code", code).put("line", line.number())
        .put("message", texts.get("pipe.atLine", line.number(), message)).end();
  }

  private void renderEvents() {
    renderEventLines();
    tape.clear();
  }

  private void renderEventLines() {
    for (int at = 0; at < tape.position(); at += EventKey.length(tape.buffer(), at)) {
      events.render(tape.buffer(), at);
    }
    if (tape.takeSpaceChange()) {
      out.begin("degraded").put("on", tape.isShort()).put("cause", "disk_space")
          .put("usableBytes", tape.usableBytes()).end();
    }
  }

  private void renderHalt() {
    final Throwable cause = engine.haltCause();
    if (null != cause) {
      out.begin("halted").put("seq", engine.sequence()).put("message", String.valueOf(cause)).end();
    }
  }

  private FeeAsset feeAsset(final int instrumentId) {
    return engine.ask(state -> {
      final Instrument instrument = state.risk().instrument(instrumentId);
      return null == instrument ? FeeAsset.QUOTE : instrument.feeAsset();
    });
  }

  private int referenceAsset() {
    return engine.ask(state -> state.risk().collateral().referenceAssetId());
  }

  private String durability() {
    return Words.word(engine.durability());
  }

  private static String haltWord() {
    return "HALTED";
  }

  private static boolean hasContent(final Path dir) {
    try (Stream<Path> entries = Files.isDirectory(dir) ? Files.list(dir) : Stream.empty()) {
      return entries.findAny().isPresent();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
