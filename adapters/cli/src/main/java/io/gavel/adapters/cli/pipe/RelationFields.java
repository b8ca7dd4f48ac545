package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.engine.Directory;

/** What a line says of the position, the order or the other rule that a rule belongs to, and of profit and loss. */
final class RelationFields {

  static final String[] NAMES = {"attach", "posSide", "parentOrdId", "priority", "coolDownSec", "updatesAlgoId",
      "updatesPx", "profit", "profitUnit", "profitOrdPx", "loss", "lossUnit", "lossOrdPx", "callbackStep"};

  private static final Words<RuleAttach> ATTACHES = Words.of(RuleAttach.class);
  private static final Words<PositionSide> SIDES = Words.of(PositionSide.class);
  private static final Words<TargetUnit> UNITS = Words.of(TargetUnit.class);
  private static final Words<PriceSource> SOURCES = Words.of(PriceSource.class);

  private RelationFields() {
  }

  /** Which fields need another one. */
  static void check(final Fields line) throws LineFault {
    require(line, "parentOrdId", "attach");
    require(line, "updatesPx", "updatesAlgoId");
    require(line, "profitUnit", "profit");
    require(line, "profitOrdPx", "profit");
    require(line, "lossUnit", "loss");
    require(line, "lossOrdPx", "loss");
  }

  private static void require(final Fields line, final String name, final String field) throws LineFault {
    if (line.has(name) && !line.has(field)) {
      throw line.fault(ReasonCode.MALFORMED, "pipe.needs", name, field);
    }
  }

  static void block(final ArmRuleEncoder command, final Fields line, final CommandScope scope,
      final Directory.InstrumentEntry instrument) throws LineFault {
    command.attach(line.wordOr("attach", ATTACHES, RuleAttach.NONE))
        .posSide(line.wordOr("posSide", SIDES, PositionSide.NET))
        .parentId(line.wholeOr("parentOrdId", 1, Long.MAX_VALUE, 0))
        .priority((int) line.wholeOr("priority", 0, Integer.MAX_VALUE, 0))
        .coolDownNs(scope.durationNs(line, "coolDownSec"))
        .updatesRuleId(line.wholeOr("updatesAlgoId", 1, Long.MAX_VALUE, 0))
        .updatesLevelTicks(scope.ticks(instrument, line, "updatesPx"));
  }

  static int legCount(final Fields line) {
    return line.count("profit", "loss");
  }

  static void legs(final ArmRuleEncoder.LegsEncoder legs, final Fields line, final CommandScope scope,
      final Directory.InstrumentEntry instrument, final int protectionBps) throws LineFault {
    if (line.has("profit")) {
      final TargetUnit unit = line.wordOr("profitUnit", UNITS, TargetUnit.AMOUNT);
      legs.next().childLimitTicks(scope.orderTicks(instrument, line, "profitOrdPx")).protectionBps(protectionBps)
          .kind(RuleKind.PROFIT).source(line.word("triggerPxType", SOURCES))
          .target(target(line, scope, instrument, unit, "profit")).targetUnit(unit);
    }
    if (line.has("loss")) {
      final TargetUnit unit = line.wordOr("lossUnit", UNITS, TargetUnit.AMOUNT);
      legs.next().childLimitTicks(scope.orderTicks(instrument, line, "lossOrdPx")).protectionBps(protectionBps)
          .kind(RuleKind.LOSS).source(line.word("triggerPxType", SOURCES))
          .target(target(line, scope, instrument, unit, "loss")).targetUnit(unit);
    }
  }

  private static long target(final Fields line, final CommandScope scope, final Directory.InstrumentEntry instrument,
      final TargetUnit unit, final String field) throws LineFault {
    if (TargetUnit.AMOUNT != unit) {
      return scope.numberE8(line, field);
    }
    final Directory.AssetEntry settle = scope.directory().asset(
        0 == instrument.settleAssetId() ? instrument.quoteAssetId() : instrument.settleAssetId());
    if (null == settle) {
      throw line.fault(ReasonCode.UNKNOWN_ASSET, "pipe.needs", field, "instId");
    }
    return scope.units(settle, line, field);
  }
}
