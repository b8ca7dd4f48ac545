package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.engine.Directory;

/** Writes what a command asks of the action, the review and the hedge, in the words of {@link ActionFields}. */
final class ActionText {

  private static final int NANOS_SCALE = 9;
  private static final int RATIO_SCALE = 8;

  private ActionText() {
  }

  static void block(final JsonOut out, final Directory directory, final ArmRuleDecoder rule) {
    if (RuleAction.ORDER != rule.action()) {
      out.put("action", Words.word(rule.action()));
    }
    scaled(out, "durationSec", rule.durationNs(), NANOS_SCALE);
    scaled(out, "intervalSec", rule.intervalNs(), NANOS_SCALE);
    scaled(out, "stepSec", rule.stepNs(), NANOS_SCALE);
    scaled(out, "participation", rule.participationE8(), RATIO_SCALE);
    scaled(out, "collar", rule.collarE8(), RATIO_SCALE);
    scaled(out, "depthShare", rule.depthShareE8(), RATIO_SCALE);
    scaled(out, "tolerance", rule.toleranceE8(), RATIO_SCALE);
    sizes(out, directory, rule);
    if (AlgoSizes.FLAT != rule.algoSizes()) {
      out.put("sizes", Words.word(rule.algoSizes()));
    }
    if (AlgoEnd.CANCEL != rule.algoEnd()) {
      out.put("end", Words.word(rule.algoEnd()));
    }
    if (AlgoBasis.WITH_OWN != rule.algoBasis()) {
      out.put("basis", Words.word(rule.algoBasis()));
    }
    scaled(out, "reviewSec", rule.reviewNs(), NANOS_SCALE);
    if (ReviewDefault.RELEASE != rule.reviewDefault()) {
      out.put("reviewDefault", Words.word(rule.reviewDefault()));
    }
    if (0 != rule.hedgeInstrumentId()) {
      out.put("hedgeInstId", directory.instrumentName(rule.hedgeInstrumentId()));
    }
    scaled(out, "hedgeRatio", rule.hedgeRatioE8(), RATIO_SCALE);
    if (Flag.YES == rule.hedgeByDelta()) {
      out.put("hedgeByDelta", true);
    }
    out.putId("holdId", rule.holdId());
  }

  private static void sizes(final JsonOut out, final Directory directory, final ArmRuleDecoder rule) {
    final int id = rule.instrumentId();
    size(out, directory, id, "displaySz", rule.sliceLots());
    size(out, directory, id, "forecastSz", rule.forecastLots());
    price(out, directory, id, "firstPx", rule.firstTicks());
    price(out, directory, id, "lastPx", rule.lastTicks());
    price(out, directory, id, "offsetPx", rule.offsetTicks());
    out.putId("orderCount", rule.orderCount()).putId("reprices", rule.repricesMax()).putId("widerBps", rule.widerBps());
  }

  private static void scaled(final JsonOut out, final String field, final long value, final int scale) {
    if (0 != value) {
      out.put(field, DecimalText.format(value, scale));
    }
  }

  private static void size(
      final JsonOut out, final Directory directory, final int id, final String field, final long lots) {
    if (0 != lots) {
      out.put(field, directory.sizeText(id, lots));
    }
  }

  private static void price(
      final JsonOut out, final Directory directory, final int id, final String field, final int ticks) {
    if (0 != ticks) {
      out.put(field, directory.priceText(id, ticks));
    }
  }
}
