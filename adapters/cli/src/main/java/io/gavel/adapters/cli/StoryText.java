package io.gavel.adapters.cli;

import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.RuleKinds;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.Directory;
import io.gavel.engine.replay.Explanation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Tells the stories of a journal to people. */
final class StoryText {

  /** The children of a rule that is sent again and again; JSON has them all. */
  private static final int ORDERS_SHOWN_MAX = 4;
  private static final int STEPS_SHOWN_MAX = 100;
  private static final int RATIO_SCALE = 8;
  private static final int BPS_E2_SCALE = 2;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Terminal terminal;
  private final JournalWords words;
  private final Directory directory;
  private final ReasonTexts reasons;

  StoryText(final Terminal terminal, final JournalWords words, final ReasonTexts reasons) {
    this.terminal = terminal;
    this.words = words;
    this.directory = words.directory();
    this.reasons = reasons;
  }

  void rule(final Explanation.RuleStory rule) {
    say("explain.ruleHead", name(rule.clRuleId(), rule.ruleId()), directory.accountName(rule.account()),
        directory.instrumentName(rule.instrumentId()), word(rule.side()),
        directory.sizeText(rule.instrumentId(), rule.quantityLots()), rule.state());
    if (null != rule.refusal()) {
      say("explain.ruleRefused", rule.armSequence(), Times.text(rule.armTimeNs()), rule.refusal(),
          reasons.text(rule.refusal()));
    } else {
      say("explain.armed", rule.armSequence(), Times.text(rule.armTimeNs()), rule.version());
    }
    for (int i = 0; i < rule.legs().size(); i++) {
      leg(rule, i);
    }
    for (final Explanation.Firing firing : rule.firings()) {
      firing(rule, firing);
    }
    final int orders = rule.orders().size();
    for (int i = 0; i < orders; i++) {
      if (orders <= ORDERS_SHOWN_MAX || i < ORDERS_SHOWN_MAX - 1 || i == orders - 1) {
        child(rule, rule.orders().get(i));
      } else if (ORDERS_SHOWN_MAX - 1 == i) {
        say("explain.moreOrders", orders - ORDERS_SHOWN_MAX);
      }
    }
    work(rule);
    slippage(rule);
    for (final Explanation.RuleStep step : rule.steps()) {
      say("explain.step", step.sequence(), Times.text(step.timeNs()), step.from(), step.to(), step.reason(),
          reasons.text(step.reason()));
    }
  }

  /** Each step of an order that was worked; of very many the first ones and the last. */
  private void work(final Explanation.RuleStory rule) {
    final int count = rule.work().size();
    for (int i = 0; i < count; i++) {
      if (count <= STEPS_SHOWN_MAX || i < STEPS_SHOWN_MAX - 1 || i == count - 1) {
        workStep(rule.instrumentId(), rule.work().get(i));
      } else if (STEPS_SHOWN_MAX - 1 == i) {
        say("explain.moreWork", count - STEPS_SHOWN_MAX);
      }
    }
  }

  private void workStep(final int id, final Explanation.WorkStep step) {
    final String order = 0 == step.orderId() ? "" : terminal.text("explain.workOrder",
        directory.sizeText(id, step.lots()), 0 == step.limitTicks() ? "-" : directory.priceText(id, step.limitTicks()),
        step.orderId());
    say("explain.work", step.sequence(), Times.text(step.timeNs()), word(step.action()), step.step(),
        terminal.text("explain.move." + step.what()), order, terminal.text("explain.because." + step.why()),
        directory.sizeText(id, step.filledLots()), directory.sizeText(id, step.totalLots()),
        directory.sizeText(id, step.workingLots()));
  }

  private void leg(final Explanation.RuleStory rule, final int index) {
    final Explanation.LegStory leg = rule.legs().get(index);
    final int id = rule.instrumentId();
    final StringBuilder facts = new StringBuilder(word(leg.kind())).append(' ').append(word(leg.source()));
    if (RuleKind.TRAILING_STOP != leg.kind() && 0 != leg.levelTicks()) {
      facts.append(upward(rule.side(), leg.kind()) ? " >= " : " <= ")
          .append(directory.priceText(id, leg.levelTicks()));
    }
    if (0 != leg.trailRatioE8()) {
      facts.append(' ').append(percent(leg.trailRatioE8()));
    }
    if (0 != leg.trailSpreadTicks()) {
      facts.append(' ').append(directory.priceText(id, leg.trailSpreadTicks()));
    }
    if (0 != leg.activationTicks()) {
      facts.append(' ').append(terminal.text("explain.activation", directory.priceText(id, leg.activationTicks())));
    }
    say("explain.leg", index, facts);
    final boolean fired = rule.firings().stream().anyMatch(f -> f.legIndex() == index);
    final Explanation.NearMiss nearest = leg.nearest();
    if (!fired && null != nearest) {
      say(nearest.isActivation() ? "explain.nearActivation" : "explain.near",
          directory.markText(id, nearest.priceUnits()), nearest.sequence(), Times.text(nearest.timeNs()),
          directory.priceText(id, nearest.distanceTicks()), directory.priceText(id, nearest.levelTicks()),
          share(nearest.distanceTicks(), nearest.levelTicks()));
    } else if (!fired && RuleKind.CONDITION == leg.kind()) {
      say("explain.notHeld");
    } else if (!fired && null == rule.refusal()) {
      say("explain.noPrice");
    }
  }

  private void firing(final Explanation.RuleStory rule, final Explanation.Firing firing) {
    final int id = rule.instrumentId();
    if (RuleKind.CONDITION == firing.kind()) {
      say("explain.firedByCondition", firing.sequence(), Times.text(firing.timeNs()), firing.legIndex());
    } else if (RuleKind.NOW == firing.kind()) {
      say("explain.firedAtOnce", firing.sequence(), Times.text(firing.timeNs()), firing.legIndex());
    } else if (RuleKind.AT_TIME == firing.kind() || 0 == firing.levelTicks()) {
      say("explain.firedByTime", firing.sequence(), Times.text(firing.timeNs()), firing.legIndex());
    } else {
      say("explain.fired", firing.sequence(), Times.text(firing.timeNs()), firing.legIndex(),
          word(firing.source()) + " " + directory.markText(id, firing.priceUnits()),
          upward(rule.side(), firing.kind()) ? ">=" : "<=", terminal.text("explain.level." + firing.kind()),
          directory.priceText(id, firing.levelTicks()));
    }
    if (0 != firing.extremumTicks()) {
      say("explain.extremum", directory.priceText(id, firing.extremumTicks()));
    }
    say("explain.inputs", rule.armSequence(), firing.version(), firing.causeSequence(),
        CommandNames.of(firing.causeTemplateId()));
  }

  private void child(final Explanation.RuleStory rule, final Explanation.OrderStory order) {
    final int id = order.instrumentId();
    say("explain.child", order.orderId(), word(order.ordType()), directory.priceText(id, order.limitTicks()),
        directory.sizeText(id, order.quantityLots()), order.sequence());
    final int reference = rule.firings().isEmpty() ? 0 : rule.firings().get(0).referenceTicks();
    fills(order, reference);
    end(order);
  }

  private void fills(final Explanation.OrderStory order, final int referenceTicks) {
    final int id = order.instrumentId();
    for (final Explanation.FillStory fill : order.fills()) {
      say("explain.fill", fill.sequence(), Times.text(fill.timeNs()), directory.sizeText(id, fill.lots()),
          directory.priceText(id, fill.priceTicks()), feeText(id, fill.feeUnits()),
          directory.accountName(fill.counterparty()));
    }
    final long slippage = order.slippageBpsE2(referenceTicks);
    if (Explanation.NULL_SLIPPAGE != slippage) {
      say("explain.slippage", bps(slippage), directory.priceText(id, referenceTicks));
    }
  }

  /** Only said again when more than one order had a part in it. */
  private void slippage(final Explanation.RuleStory rule) {
    if (rule.orders().size() > 1 && !rule.firings().isEmpty()) {
      final int reference = rule.firings().get(0).referenceTicks();
      final long all = rule.slippageBpsE2(reference);
      if (Explanation.NULL_SLIPPAGE != all) {
        say("explain.slippageAll", bps(all), directory.priceText(rule.instrumentId(), reference),
            rule.orders().size());
      }
    }
  }

  void order(final Explanation.OrderStory order) {
    final int id = order.instrumentId();
    say("explain.orderHead", name(order.clOrdId(), order.orderId()), directory.accountName(order.account()),
        directory.instrumentName(id), word(order.side()), word(order.ordType()),
        directory.sizeText(id, order.quantityLots()), directory.priceText(id, order.limitTicks()));
    if (null != order.refusal()) {
      say("explain.refused", order.sequence(), Times.text(order.timeNs()), order.refusal(),
          reasons.text(order.refusal()));
      return;
    }
    say("explain.accepted", order.sequence(), Times.text(order.timeNs()));
    if (0 != order.ruleId()) {
      say("explain.ofRule", order.ruleId());
    }
    fills(order, 0);
    end(order);
  }

  private void end(final Explanation.OrderStory order) {
    final int id = order.instrumentId();
    final ReasonCode reason = order.closeReason();
    if (null == reason) {
      say("explain.open", directory.sizeText(id, order.filledLots()));
    } else {
      say("explain.closed", order.closeSequence(), Times.text(order.closeTimeNs()), reason, reasons.text(reason),
          directory.sizeText(id, order.filledLots()), directory.sizeText(id, order.cancelledLots()));
    }
  }

  void frame(final Explanation.FrameStory frame) {
    say("explain.frameHead", frame.sequence(), Times.text(frame.timeNs()), CommandNames.of(frame.templateId()));
    terminal.line("  " + words.command(frame.frame()));
    say("explain.answer", frame.code(), reasons.text(frame.code()));
    frame.events().stream().map(words::event).filter(line -> !line.isEmpty())
        .forEach(line -> terminal.line("  " + line));
  }

  private void say(final String key, final Object... values) {
    terminal.line(terminal.text(key, values));
  }

  private String feeText(final int instrumentId, final long units) {
    final Directory.InstrumentEntry entry = directory.instrument(instrumentId);
    if (null == entry) {
      return units + " units";
    }
    final int assetId = FeeAsset.BASE == words.feeAsset(instrumentId) ? entry.baseAssetId() : entry.quoteAssetId();
    return directory.amountText(assetId, units) + " " + directory.assetName(assetId);
  }

  private static boolean upward(final Side side, final RuleKind kind) {
    return RuleKinds.isProfit(kind) == (Side.SELL == side);
  }

  private static String name(final String clientId, final long id) {
    return clientId.isEmpty() ? String.valueOf(id) : 0 == id ? clientId : clientId + " (" + id + ")";
  }

  static String bps(final long bpsE2) {
    return BigDecimal.valueOf(bpsE2, BPS_E2_SCALE).toPlainString();
  }

  private static String percent(final int ratioE8) {
    return DecimalText.format(ratioE8 * 100L, RATIO_SCALE) + " %";
  }

  private static String share(final int part, final int whole) {
    return BigDecimal.valueOf(part).multiply(HUNDRED).divide(BigDecimal.valueOf(whole), 2, RoundingMode.HALF_UP)
        .toPlainString() + " %";
  }

  static String word(final Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
