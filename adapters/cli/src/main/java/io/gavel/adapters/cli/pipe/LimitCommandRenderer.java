package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SelfExcludeDecoder;
import io.gavel.codecs.sbe.SetAccountProfileDecoder;
import io.gavel.codecs.sbe.SetPoolDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.codecs.sbe.SetSignalDecoder;
import io.gavel.engine.Directory;
import org.agrona.DirectBuffer;

/** Shows the journalled commands about the risk table in the words in which a line would say them. */
final class LimitCommandRenderer {

  private static final int E2 = 100;

  private final Directory directory;
  private final JsonOut out;

  LimitCommandRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
  }

  void render(final DirectBuffer buffer, final FrameFlyweight frame) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case SetRiskLimitsDecoder.TEMPLATE_ID ->
          riskLimit(new SetRiskLimitsDecoder().wrap(buffer, body, block, version));
      case SetAccountProfileDecoder.TEMPLATE_ID -> {
        final SetAccountProfileDecoder command = new SetAccountProfileDecoder().wrap(buffer, body, block, version);
        begin("account-profile", command.header());
        if (0 != command.openedTimeNs()) {
          out.putTime("opened", command.openedTimeNs());
        }
        out.putId("group", command.groupId()).putId("region", command.region())
            .putId("leverageRow", command.leverageRow());
      }
      case SelfExcludeDecoder.TEMPLATE_ID -> {
        final SelfExcludeDecoder command = new SelfExcludeDecoder().wrap(buffer, body, block, version);
        begin("self-exclude", command.header()).putTime("until", command.untilTimeNs());
      }
      case ReviewDecoder.TEMPLATE_ID -> {
        final ReviewDecoder command = new ReviewDecoder().wrap(buffer, body, block, version);
        begin("review", command.header()).put("algoId", command.ruleId())
            .put("decision", Words.word(command.decision()));
      }
      case SetSignalDecoder.TEMPLATE_ID -> signal(new SetSignalDecoder().wrap(buffer, body, block, version));
      case SetPoolDecoder.TEMPLATE_ID -> pool(new SetPoolDecoder().wrap(buffer, body, block, version));
      default -> new PriceCommandRenderer(directory, out).render(buffer, frame);
    }
  }

  private void signal(final SetSignalDecoder command) {
    begin("signal", command.header());
    if (0 != command.instrumentId()) {
      out.put("instId", directory.instrumentName(command.instrumentId()));
    }
    out.put("signal", command.signalId()).put("value", command.value());
    if (0 != command.untilNs()) {
      out.putTime("until", command.untilNs());
    }
  }

  private void pool(final SetPoolDecoder command) {
    final Directory.InstrumentEntry instrument = directory.instrument(command.instrumentId());
    begin("pool", command.header()).put("pool", command.poolId())
        .put("instId", directory.instrumentName(command.instrumentId())).put("kind", Words.word(command.kind()));
    if (null != instrument && 0 != command.baseUnits()) {
      out.put("baseAmt", directory.amountText(instrument.baseAssetId(), command.baseUnits()))
          .put("quoteAmt", directory.amountText(instrument.quoteAssetId(), command.quoteUnits()));
    }
    out.put("fee", DecimalText.format(command.feeE8(), 8)).putId("amplification", command.amplification());
  }

  private void riskLimit(final SetRiskLimitsDecoder command) {
    begin("risk-limit", command.header()).put("row", command.row()).put("kind", Words.word(command.kind()));
    if (0 != command.instrumentId()) {
      out.put("instId", directory.instrumentName(command.instrumentId()));
    }
    if (0 != command.assetId()) {
      out.put("ccy", directory.assetName(command.assetId()));
    }
    limit(command);
    out.putId("group", command.groupId()).putId("region", command.region());
    seconds("ageFromSec", command.ageFromNs());
    seconds("ageBelowSec", command.ageBelowNs());
    seconds("windowSec", command.windowNs());
    seconds("pauseSec", command.durationNs());
    if (Flag.YES == command.staged()) {
      out.put("staged", true);
    }
  }

  private void limit(final SetRiskLimitsDecoder command) {
    final long limit = command.limitValue();
    switch (command.kind()) {
      case ORDER_LOTS, POSITION_LOTS, GROUP_LOTS, OPEN_INTEREST -> out.put("maxSz", 0 == command.instrumentId()
          ? Long.toString(limit) : directory.sizeText(command.instrumentId(), limit));
      case ORDER_NOTIONAL, POSITION_NOTIONAL, GROUP_NOTIONAL, LOSS ->
          out.put("max", directory.amountText(assetId(command), limit));
      case LEVERAGE -> out.put("leverage", limit / E2);
      case VOLATILITY -> out.put("bps", limit);
      case STOP_OUTS, CASCADE, COMMAND_COST -> out.put("count", limit);
      default -> { }
    }
    if (0 != command.thresholdUnits()) {
      out.put("above", directory.amountText(assetId(command), command.thresholdUnits()));
    }
    if (RiskLimitKind.CASCADE == command.kind()) {
      out.putId("bps", command.bandBps());
    }
    if (RiskLimitKind.COMMAND_COST == command.kind()) {
      for (final LimitOps.Weighed weighed : LimitOps.Weighed.values()) {
        if (weighed.templateId() == command.commandTemplateId()) {
          out.put("command", Words.word(weighed));
        }
      }
    }
  }

  private int assetId(final SetRiskLimitsDecoder command) {
    final Directory.InstrumentEntry instrument = directory.instrument(command.instrumentId());
    return 0 != command.assetId() || null == instrument ? command.assetId() : instrument.quoteAssetId();
  }

  private void seconds(final String field, final long durationNs) {
    if (0 != durationNs) {
      out.put(field, DecimalText.format(durationNs, SessionCommandRenderer.NANOS_SCALE));
    }
  }

  private JsonOut begin(final String op, final CommandHeaderDecoder header) {
    return CommandRenderer.begin(out, directory, op, header);
  }
}
