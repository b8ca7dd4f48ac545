package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.study.Preview;
import io.gavel.adapters.backtest.study.Trial;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleKind;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gavel preview}: what a rule would have done over a tape, before it is armed. */
@Command(name = "preview")
final class PreviewCommand extends ScenarioVerb {

  private static final int DAYS_MAX = 10_000;
  private static final int HOURS_MAX = 24 * 366;

  @Option(names = "--rule", paramLabel = "algoClOrdId", descriptionKey = "preview.rule")
  private String rule = "";

  @Option(names = "--days", paramLabel = "N", descriptionKey = "preview.days")
  private int days;

  @Option(names = "--every", paramLabel = "HOURS", descriptionKey = "preview.every")
  private int everyHours = 24;

  private final ReasonTexts reasons;

  PreviewCommand(final Terminal terminal) {
    super(terminal);
    reasons = ReasonTexts.of(ReasonTexts.Language.of(terminal.texts().language()));
  }

  @Override
  ExitCode run() {
    if (days < 0 || days > DAYS_MAX) {
      throw UserError.unusable(text("error.outOfRange", "--days", days, 0, DAYS_MAX));
    }
    if (everyHours < 1 || everyHours > HOURS_MAX) {
      throw UserError.unusable(text("error.outOfRange", "--every", everyHours, 1, HOURS_MAX));
    }
    final Preview.Result result = studying(() -> {
      final Scenario scenario = scenario();
      return Preview.of(scenario, name(scenario), TimeUnit.DAYS.toNanos(days), TimeUnit.HOURS.toNanos(everyHours));
    });
    if (json()) {
      terminal().json(json(result));
    } else {
      tell(result);
    }
    return ExitCode.OK;
  }

  /** A scenario with one rule need not be asked which. */
  private String name(final Scenario scenario) {
    if (!rule.isEmpty()) {
      return rule;
    }
    if (1 != scenario.rules().size()) {
      throw UserError.unusable(text("preview.which",
          String.join(", ", scenario.rules().stream().map(Scenario.RuleSpec::algoClOrdId).toList())));
    }
    return scenario.rules().get(0).algoClOrdId();
  }

  private void tell(final Preview.Result result) {
    final InstrumentFacts facts = result.instrument();
    terminal().line(sentence(result));
    final Table table = new Table("lllrrrr");
    table.row(text("preview.armed"), text("preview.outcome"), text("preview.when"), text("preview.level"),
        text("preview.average"), text("preview.gap"), text("preview.slippage"));
    for (final Trial trial : result.trials()) {
      final ReasonCode refusal = trial.refusal();
      final boolean filled = trial.filledLots() > 0;
      table.row(Times.text(trial.armNs()), outcome(facts, trial, refusal),
          trial.hasFired() ? Times.text(trial.firedNs()) : "-",
          0 == trial.levelTicks() ? "-" : price(facts, trial.levelTicks()), filled ? average(facts, trial) : "-",
          trial.hasFired() ? price(facts, trial.gapTicks()) : "-",
          filled ? StoryText.bps(trial.slippageBpsE2()) : "-");
    }
    terminal().lines(table.lines());
    terminal().line(text("preview.warning"));
  }

  private String outcome(final InstrumentFacts facts, final Trial trial, final @Nullable ReasonCode refusal) {
    if (null != refusal) {
      return text("preview.refused", refusal);
    }
    final RuleKind kind = trial.kind();
    if (trial.hasFired() && null != kind) {
      return text("preview.fired", StoryText.word(kind));
    }
    return trial.missingTicks() < 0 ? text("preview.silent") : text("preview.missed",
        price(facts, trial.missingTicks()));
  }

  /** What it comes to, in one plain sentence. */
  private String sentence(final Preview.Result result) {
    final InstrumentFacts facts = result.instrument();
    final String head = text("preview.sentence", result.rule(), result.trials().size(), everyHours,
        Times.text(result.fromNs()), Times.text(result.toNs()), facts.symbol(), result.firedCount(),
        result.refusedCount());
    final String gap = 0 == result.firedCount() ? "" : text("preview.worst", price(facts, result.worstGapTicks()),
        StoryText.bps(result.worstSlippageBpsE2()));
    final String near = result.nearestMissTicks() < 0 ? ""
        : text("preview.nearest", price(facts, result.nearestMissTicks()));
    return head + gap + near;
  }

  private static String price(final InstrumentFacts facts, final long ticks) {
    return facts.price(ticks);
  }

  private static String average(final InstrumentFacts facts, final Trial trial) {
    return DiffText.average(facts.tickSizeE10(), facts.priceDecimals(), trial.paidTickLots(), trial.filledLots());
  }

  private ObjectNode json(final Preview.Result result) {
    final InstrumentFacts facts = result.instrument();
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("algoClOrdId", result.rule()).put("instId", facts.symbol()).put("from", Times.text(result.fromNs()))
        .put("to", Times.text(result.toNs())).put("everyHours", everyHours).put("rows", result.rows())
        .put("dataHash", result.dataHash()).put("fired", result.firedCount()).put("refused", result.refusedCount())
        .put("worstGap", price(facts, result.worstGapTicks()))
        .put("worstSlippageBps", StoryText.bps(result.worstSlippageBpsE2())).put("sentence", sentence(result));
    final ArrayNode trials = node.putArray("trials");
    for (final Trial trial : result.trials()) {
      final ObjectNode item = trials.addObject();
      item.put("armed", Times.text(trial.armNs())).put("fired", trial.hasFired());
      final ReasonCode refusal = trial.refusal();
      final RuleKind kind = trial.kind();
      if (null != refusal) {
        item.put("refusal", refusal.name()).put("message", reasons.text(refusal));
      }
      if (null != kind) {
        item.put("kind", StoryText.word(kind)).put("ts", Long.toString(trial.firedNs()))
            .put("level", price(facts, trial.levelTicks())).put("refPx", price(facts, trial.referenceTicks()))
            .put("filledSz", facts.size(trial.filledLots())).put("gap", price(facts, trial.gapTicks()))
            .put("slippageBps", StoryText.bps(trial.slippageBpsE2()));
      }
      if (trial.missingTicks() >= 0) {
        item.put("missing", price(facts, trial.missingTicks()));
      }
    }
    return node;
  }
}
