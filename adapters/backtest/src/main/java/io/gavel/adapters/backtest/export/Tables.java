package io.gavel.adapters.backtest.export;

import io.gavel.adapters.backtest.result.EquityPoint;
import io.gavel.adapters.backtest.result.EventRow;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.adapters.backtest.tape.TapeTime;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.RuleState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The result of a run as tables of text. */
final class Tables {

  private final RunResult result;
  private final InstrumentFacts facts;

  /**
   * One table.
   *
   * @param name    of the file, without ending
   * @param columns in order
   * @param rows    as many texts as columns; empty: does not apply
   */
  record Table(String name, List<String> columns, List<List<String>> rows) {
  }

  Tables(final RunResult result) {
    this.result = result;
    facts = result.header().instrument();
  }

  List<Table> all() {
    return List.of(fills(), equity(), rules(), events());
  }

  private Table fills() {
    final List<List<String>> rows = new ArrayList<>();
    for (final FillRow fill : result.fills()) {
      rows.add(List.of(TapeTime.format(fill.timeNs()), Long.toString(fill.sequence()), Long.toString(fill.orderId()),
          Long.toString(fill.ruleId()), fill.account(), lower(fill.side()), facts.price(fill.priceTicks()),
          facts.size(fill.lots()), facts.quote(fill.notionalUnits()), facts.fee(fill.feeUnits()),
          facts.feeSymbol(), lower(fill.liquidity()),
          FillRow.NO_SLIPPAGE == fill.slippageBpsE2() ? "" : DecimalText.formatFixed(fill.slippageBpsE2(), 2)));
    }
    return new Table("fills", List.of("time", "sequence", "orderId", "ruleId", "account", "side", "price", "size",
        "notional", "fee", "feeAsset", "liquidity", "slippageBps"), rows);
  }

  private Table equity() {
    final List<List<String>> rows = new ArrayList<>();
    for (final EquityPoint point : result.equity()) {
      rows.add(List.of(TapeTime.format(point.timeNs()), facts.quote(point.equityUnits()),
          Integer.toString(point.drawdownBps())));
    }
    return new Table("equity", List.of("time", "equity", "drawdownBps"), rows);
  }

  private Table rules() {
    final List<List<String>> rows = new ArrayList<>();
    for (final RuleRow rule : result.rules()) {
      final RuleRow.Step last = rule.steps().get(rule.steps().size() - 1);
      final RuleRow.NearestMiss miss = rule.nearestMiss();
      rows.add(List.of(Long.toString(rule.ruleId()), rule.clRuleId(), rule.account(), lower(rule.side()),
          legs(rule), facts.size(rule.quantityLots()), facts.size(rule.filledLots()), rule.finalState().name(),
          last.reason().name(), TapeTime.format(rule.steps().get(0).timeNs()), firedTime(rule),
          RuleState.LIVE == rule.finalState() || RuleState.PENDING == rule.finalState() ? ""
              : TapeTime.format(last.timeNs()),
          null == miss ? "" : facts.price(miss.priceTicks()), null == miss ? "" : facts.price(miss.levelTicks()),
          null == miss ? "" : TapeTime.format(miss.timeNs())));
    }
    return new Table("rules", List.of("ruleId", "algoClOrdId", "account", "side", "legs", "size", "filled", "state",
        "reason", "armedTime", "firedTime", "endedTime", "nearestPrice", "nearestLevel", "nearestTime"), rows);
  }

  private Table events() {
    final List<List<String>> rows = new ArrayList<>();
    for (final EventRow event : result.events()) {
      rows.add(List.of(Long.toString(event.sequence()), Integer.toString(event.index()),
          TapeTime.format(event.timeNs()), event.event(), event.account(), idText(event.orderId()),
          idText(event.ruleId()), event.clientId(), event.side(), event.price(), event.size(), event.detail()));
    }
    return new Table("events", List.of("sequence", "index", "time", "event", "account", "orderId", "ruleId",
        "clientId", "side", "price", "size", "detail"), rows);
  }

  private String firedTime(final RuleRow rule) {
    for (final TriggerRow trigger : result.triggers()) {
      if (trigger.ruleId() == rule.ruleId() && 0 != rule.ruleId()) {
        return TapeTime.format(trigger.timeNs());
      }
    }
    return "";
  }

  private String legs(final RuleRow rule) {
    final StringJoiner legs = new StringJoiner(" | ");
    for (final RuleRow.Leg leg : rule.legs()) {
      final StringJoiner words = new StringJoiner(" ");
      words.add(leg.kind().name()).add(lower(leg.source()));
      if (0 != leg.levelTicks()) {
        words.add("at " + facts.price(leg.levelTicks()));
      }
      if (0 != leg.trailRatioE8()) {
        words.add("ratio " + DecimalText.format(leg.trailRatioE8(), 8));
      }
      if (0 != leg.trailSpreadTicks()) {
        words.add("spread " + facts.price(leg.trailSpreadTicks()));
      }
      if (0 != leg.activationTicks()) {
        words.add("from " + facts.price(leg.activationTicks()));
      }
      words.add(0 == leg.childLimitTicks() ? "market" : "limit " + facts.price(leg.childLimitTicks()));
      legs.add(words.toString());
    }
    return legs.toString();
  }

  private static String idText(final long id) {
    return 0 == id ? "" : Long.toString(id);
  }

  private static String lower(final Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
