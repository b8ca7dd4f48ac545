package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.engine.Directory;
import java.util.List;

/** What a line of {@code rule} says of the action, the review and the hedge; which go together the engine knows. */
final class ActionFields {

  static final List<String> NAMES = List.of("action", "durationSec", "intervalSec", "stepSec", "participation",
      "collar", "depthShare", "tolerance", "displaySz", "forecastSz", "firstPx", "lastPx", "orderCount", "sizes",
      "offsetPx", "reprices", "widerBps", "end", "basis", "curve", "reviewSec", "reviewDefault", "hedgeInstId",
      "hedgeRatio", "hedgeByDelta", "holdId");

  private static final int ORDERS_MAX = 1_024;
  private static final int BPS_MAX = 10_000;
  private static final int CURVE_MAX = 64;
  private static final Words<RuleAction> ACTIONS = Words.of(RuleAction.class);
  private static final Words<AlgoEnd> ENDS = Words.of(AlgoEnd.class);
  private static final Words<AlgoBasis> BASES = Words.of(AlgoBasis.class);
  private static final Words<AlgoSizes> SIZES = Words.of(AlgoSizes.class);
  private static final Words<ReviewDefault> DEFAULTS = Words.of(ReviewDefault.class);

  private ActionFields() {
  }

  static void block(final ArmRuleEncoder command, final Fields line, final CommandScope scope,
      final Directory.InstrumentEntry instrument) throws LineFault {
    command.action(line.wordOr("action", ACTIONS, RuleAction.ORDER))
        .durationNs(scope.durationNs(line, "durationSec")).intervalNs(scope.durationNs(line, "intervalSec"))
        .stepNs(scope.durationNs(line, "stepSec")).participationE8(scope.ratioE8(line, "participation"))
        .collarE8(scope.ratioE8(line, "collar")).depthShareE8(scope.ratioE8(line, "depthShare"))
        .toleranceE8(scope.ratioE8(line, "tolerance")).sliceLots(scope.lots(instrument, line, "displaySz"))
        .forecastLots(scope.lots(instrument, line, "forecastSz")).firstTicks(scope.ticks(instrument, line, "firstPx"))
        .lastTicks(scope.ticks(instrument, line, "lastPx")).orderCount(line.intOr("orderCount", 0, ORDERS_MAX, 0))
        .algoSizes(line.wordOr("sizes", SIZES, AlgoSizes.FLAT)).offsetTicks(scope.ticks(instrument, line, "offsetPx"))
        .repricesMax(line.intOr("reprices", 0, Integer.MAX_VALUE, 0))
        .widerBps(line.intOr("widerBps", 0, BPS_MAX, 0)).algoEnd(line.wordOr("end", ENDS, AlgoEnd.CANCEL))
        .algoBasis(line.wordOr("basis", BASES, AlgoBasis.WITH_OWN)).reviewNs(scope.durationNs(line, "reviewSec"))
        .reviewDefault(line.wordOr("reviewDefault", DEFAULTS, ReviewDefault.RELEASE))
        .hedgeRatioE8(scope.ratioE8(line, "hedgeRatio"))
        .hedgeByDelta(line.has("hedgeByDelta") && line.flag("hedgeByDelta") ? Flag.YES : Flag.NO)
        .hedgeInstrumentId(line.has("hedgeInstId") ? scope.instrument(line, "hedgeInstId").id() : 0)
        .holdId(line.wholeOr("holdId", 1, Long.MAX_VALUE, 0));
  }

  /** The weights of a volume curve, blanks between them. */
  static void curve(final ArmRuleEncoder command, final Fields line) throws LineFault {
    final String[] weights = line.has("curve") ? line.text("curve").trim().split("\\s+") : new String[0];
    if (weights.length > CURVE_MAX) {
      throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.curve", CURVE_MAX);
    }
    final ArmRuleEncoder.CurveEncoder curve = command.curveCount(weights.length);
    for (final String weight : weights) {
      if (!weight.matches("[0-9]{1,9}")) {
        throw line.fault(ReasonCode.MALFORMED, "pipe.curve", CURVE_MAX);
      }
      curve.next().weight(Integer.parseInt(weight));
    }
  }
}
