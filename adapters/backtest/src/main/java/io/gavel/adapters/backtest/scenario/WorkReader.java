package io.gavel.adapters.backtest.scenario;

import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads how the order of a fired rule is worked, and says which fields an action needs and which it does not read: the
 * engine refuses the same, but only when the rule is armed, and with one code for many mistakes.
 */
final class WorkReader {

  private static final int SECOND_SCALE = 9;
  private static final long SECONDS_MAX_NS = 31_622_400_000_000_000L;
  private static final int RATIO_SCALE = 8;
  private static final long ONE_E8 = 100_000_000L;
  private static final int CURVE_MAX = 64;
  private static final int ORDERS_MAX = 1_024;
  private static final int BPS_MAX = 10_000;

  /** What an action must be told, and what it may be told besides. */
  private record Words(List<String> needs, Set<String> takes) {
  }

  private static final Map<String, Words> ACTIONS = Map.of(
      "twap", new Words(List.of("durationSec", "intervalSec"), Set.of("tolerance", "collar", "depthShare", "end")),
      "vwap", new Words(List.of("durationSec", "curve"),
          Set.of("participation", "forecastSz", "intervalSec", "collar", "depthShare", "end")),
      "pov", new Words(List.of("durationSec", "intervalSec", "participation"),
          Set.of("basis", "collar", "depthShare")),
      "iceberg", new Words(List.of("displaySz"), Set.of("durationSec", "intervalSec", "collar", "depthShare")),
      "chase", new Words(List.of("intervalSec"),
          Set.of("durationSec", "offsetPx", "reprices", "collar", "depthShare", "end")),
      "scale", new Words(List.of("firstPx", "lastPx", "orderCount"),
          Set.of("durationSec", "intervalSec", "sizes", "collar", "depthShare")),
      "ladder", new Words(List.of("durationSec", "stepSec", "widerBps"),
          Set.of("offsetPx", "intervalSec", "collar", "depthShare")));

  private static final List<String> FIELDS = List.of("durationSec", "intervalSec", "stepSec", "participation",
      "collar", "depthShare", "tolerance", "displaySz", "forecastSz", "firstPx", "lastPx", "orderCount", "sizes",
      "offsetPx", "reprices", "widerBps", "end", "basis", "curve");

  private static final List<List<String>> LEGS = List.of(List.of("tpTriggerPx", "tpOrdPx"),
      List.of("slTriggerPx", "slOrdPx"), List.of("callbackRatio", "callbackOrdPx"),
      List.of("callbackSpread", "callbackOrdPx"), List.of("callbackAtr", "callbackOrdPx"),
      List.of("when", "whenOrdPx"), List.of("profit", "profitOrdPx"), List.of("loss", "lossOrdPx"));

  private final Fields fields;
  private final @Nullable DecimalStep tick;
  private final @Nullable DecimalStep lot;

  WorkReader(final Fields fields, final @Nullable DecimalStep tick, final @Nullable DecimalStep lot) {
    this.fields = fields;
    this.tick = tick;
    this.lot = lot;
  }

  /** Null: the rule sends one order when it fires. */
  Scenario.@Nullable Work read() {
    checkWords();
    final long durationNs = seconds("durationSec");
    final long intervalNs = seconds("intervalSec");
    final long stepNs = seconds("stepSec");
    checkTimes(durationNs, intervalNs, stepNs);
    if (fields.has("reviewDefault") && !fields.has("reviewSec")) {
      fields.mistake("reviewDefault", "means nothing without reviewSec");
    }
    final Scenario.Work work = new Scenario.Work(fields.choice("action", RuleAction.class, RuleAction.ORDER),
        durationNs, intervalNs, stepNs, ratio("participation", ONE_E8), ratio("collar", ONE_E8 - 1),
        ratio("depthShare", ONE_E8), ratio("tolerance", ONE_E8 - 1), fields.steps("displaySz", lot, Long.MAX_VALUE),
        fields.steps("forecastSz", lot, Long.MAX_VALUE), price("firstPx"), price("lastPx"),
        fields.count("orderCount", 0, 2, ORDERS_MAX), fields.choice("sizes", AlgoSizes.class, AlgoSizes.FLAT),
        price("offsetPx"), fields.count("reprices", 0, 0, Integer.MAX_VALUE),
        fields.count("widerBps", 0, 1, BPS_MAX), fields.choice("end", AlgoEnd.class, AlgoEnd.CANCEL),
        fields.choice("basis", AlgoBasis.class, AlgoBasis.WITH_OWN), curve(), seconds("reviewSec"),
        fields.choice("reviewDefault", ReviewDefault.class, ReviewDefault.RELEASE));
    return RuleAction.ORDER == work.action() && 0 == work.reviewNs() ? null : work;
  }

  private void checkWords() {
    final String action = fields.text("action", "order");
    final Words words = ACTIONS.get(action);
    for (final String field : FIELDS) {
      if (null == words ? fields.has(field) : fields.has(field) && !knows(words, field)) {
        fields.mistake(field, null == words ? "means nothing without an action that reads it"
            : "'" + action + "' does not read it; it reads " + all(words));
      }
    }
    if (null == words) {
      return;
    }
    for (final String field : words.needs()) {
      if (!fields.has(field)) {
        fields.mistake(field, "missing; '" + action + "' needs " + String.join(", ", words.needs()));
      }
    }
    if ("vwap".equals(action) && fields.has("participation") != fields.has("forecastSz")) {
      fields.mistake(fields.has("participation") ? "forecastSz" : "participation",
          "missing; participation is a share of forecastSz, so both are said or none");
    }
    if ("iceberg".equals(action)) {
      checkLimits();
    }
  }

  /** An iceberg rests at a limit: every way in which the rule may fire must have one. */
  private void checkLimits() {
    for (final List<String> leg : LEGS) {
      if (fields.has(leg.get(0)) && "-1".equals(fields.text(leg.get(1), "-1"))) {
        fields.mistake(leg.get(1), "missing; 'iceberg' rests at a limit, and the market has none");
      }
    }
  }

  private void checkTimes(final long durationNs, final long intervalNs, final long stepNs) {
    if (durationNs > 0 && intervalNs > durationNs) {
      fields.mistake("intervalSec", "'" + fields.text("intervalSec") + "' is longer than durationSec");
    }
    if (durationNs > 0 && stepNs >= durationNs - stepNs) {
      fields.mistake("stepSec", "'" + fields.text("stepSec") + "' twice leaves nothing of durationSec for the market");
    }
    if ("finish".equals(fields.text("end")) && !fields.has("durationSec")) {
      fields.mistake("durationSec", "missing; end says what happens when it is over");
    }
  }

  private static boolean knows(final Words words, final String field) {
    return words.needs().contains(field) || words.takes().contains(field);
  }

  private static String all(final Words words) {
    final List<String> names = new ArrayList<>(words.needs());
    FIELDS.stream().filter(words.takes()::contains).forEach(names::add);
    return String.join(", ", names);
  }

  private long seconds(final String key) {
    return fields.has(key) ? fields.scaled(key, "1", SECOND_SCALE, 1, SECONDS_MAX_NS) : 0;
  }

  private @Nullable String ratio(final String key, final long mostE8) {
    if (fields.has(key)) {
      fields.scaled(key, "0.1", RATIO_SCALE, 1, mostE8);
    }
    return fields.text(key);
  }

  private @Nullable String price(final String key) {
    return fields.steps(key, tick, Integer.MAX_VALUE);
  }

  private List<Integer> curve() {
    final Fields list = fields.child("curve");
    final List<Integer> weights = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < list.size(); i++) {
      final String weight = list.item(i).self();
      weights.add(null == weight ? 0 : Integer.parseInt(weight));
      sum += weights.get(i);
    }
    if (weights.size() > CURVE_MAX) {
      fields.mistake("curve", weights.size() + " weights; at most " + CURVE_MAX + " parts of the duration have one");
    } else if (fields.has("curve") && 0 == sum) {
      fields.mistake("curve", "has no weight above 0");
    }
    return List.copyOf(weights);
  }
}
