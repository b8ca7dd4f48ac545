package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.RuleKinds;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.engine.Directory;

/** How a leg of a rule is shown, in events and in the state alike: every field that was armed. */
final class RuleText {

  private static final int RATIO_SCALE = 8;

  private RuleText() {
  }

  /** One leg; 0 in a field: not said. */
  record Leg(
      RuleKind kind, PriceSource source, int levelTicks, int extremumTicks, int trailRatioE8, int trailSpreadTicks,
      int activationTicks, int childLimitTicks, int protectionBps) {
  }

  /** A take-profit of a sell and a stop of a buy fire when the price is at or above the level. */
  static boolean firesUpward(final RuleKind kind, final boolean isSell) {
    return RuleKinds.isProfit(kind) == isSell;
  }

  /** Writes the fields of a leg into the object that is open. */
  static void leg(final JsonOut out, final Directory directory, final int instrumentId, final Leg leg) {
    out.put("kind", Words.word(leg.kind())).put("triggerPxType", Words.word(leg.source()));
    if (0 != leg.levelTicks()) {
      out.put("level", directory.priceText(instrumentId, leg.levelTicks()));
    }
    if (0 != leg.extremumTicks()) {
      out.put("extremum", directory.priceText(instrumentId, leg.extremumTicks()));
    }
    if (0 != leg.trailRatioE8()) {
      out.put("callbackRatio", DecimalText.format(leg.trailRatioE8(), RATIO_SCALE));
    }
    if (0 != leg.trailSpreadTicks()) {
      out.put("callbackSpread", directory.priceText(instrumentId, leg.trailSpreadTicks()));
    }
    if (0 != leg.activationTicks()) {
      out.put("activePx", directory.priceText(instrumentId, leg.activationTicks()));
    }
    out.put("ordPx", 0 == leg.childLimitTicks()
        ? CommandScope.MARKET : directory.priceText(instrumentId, leg.childLimitTicks()));
    if (0 != leg.protectionBps()) {
      out.put("protectionBps", leg.protectionBps());
    }
  }
}
