package io.gavel.adapters.cli;

import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.codecs.sbe.LiquidationStage;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.engine.Directory;
import io.gavel.engine.replay.MarginStory;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Tells people why an account was liquidated, or how near it came: a sentence a step. */
final class MarginText {

  private static final int RATIO_DECIMALS = 4;

  private final Terminal terminal;
  private final JournalWords words;
  private final Directory directory;
  private final int referenceAssetId;

  MarginText(final Terminal terminal, final JournalWords words, final int referenceAssetId) {
    this.terminal = terminal;
    this.words = words;
    directory = words.directory();
    this.referenceAssetId = referenceAssetId;
  }

  void story(final MarginStory story) {
    say("explain.accountHead", directory.accountName(story.account()), StoryText.word(story.mode()));
    for (final MarginStory.Episode episode : story.episodes()) {
      episode(episode);
    }
    final MarginStory.Moment nearest = story.nearest();
    if (null == nearest) {
      say("explain.noPosition");
    } else if (story.episodes().isEmpty()) {
      say("explain.notLiquidated", nearest.sequence(), Times.text(nearest.timeNs()),
          ratio(nearest.requirementUnits(), nearest.equityUnits()), reference(nearest.equityUnits()),
          reference(nearest.requirementUnits()));
      nearest.legs().forEach(this::leg);
    }
  }

  private void episode(final MarginStory.Episode episode) {
    final MarginStory.Step first = episode.steps().get(0);
    final boolean broke = LiquidationStage.STARTED == first.stage();
    say(broke ? "explain.liquidated" : "explain.touched", first.sequence(), Times.text(first.timeNs()),
        reference(first.equityUnits()), reference(first.requirementUnits()),
        ratio(first.requirementUnits(), first.equityUnits()), first.causeSequence(),
        CommandNames.of(first.causeTemplateId()));
    episode.legs().forEach(this::leg);
    episode.steps().forEach(this::step);
  }

  private void leg(final MarginStory.Leg leg) {
    final int id = leg.instrumentId();
    say("explain.position", directory.instrumentName(id),
        terminal.text(leg.lots() > 0 ? "explain.long" : "explain.short"),
        directory.sizeText(id, Math.abs(leg.lots())), settle(id, leg.costUnits()),
        0 == leg.markUnits() ? "-" : directory.markText(id, leg.markUnits()));
  }

  private void step(final MarginStory.Step step) {
    final int id = step.instrumentId();
    final String size = 0 == id ? "" : directory.sizeText(id, Math.abs(step.lots()));
    say("explain.stage", step.sequence(), Times.text(step.timeNs()),
        terminal.text("explain.stage." + step.stage(), size, 0 == id ? "" : directory.instrumentName(id),
            0 == id ? "" : settle(id, Math.abs(step.valueUnits())),
            PositionSide.NET == step.side() ? "" : " " + StoryText.word(step.side())),
        reference(step.equityUnits()), reference(step.requirementUnits()),
        0 == step.markUnits() ? "-" : directory.markText(id, step.markUnits()));
    if (0 != (step.fundUnits() | step.backstopUnits() | step.shortfallUnits())) {
      say("explain.paid", settle(id, step.fundUnits()), settle(id, step.backstopUnits()),
          settle(id, step.shortfallUnits()));
    }
  }

  /** Units of the reference asset; without one, as a number. */
  private String reference(final long units) {
    return 0 == referenceAssetId ? Long.toString(units) : amount(referenceAssetId, units);
  }

  private String settle(final int instrumentId, final long units) {
    final int assetId = words.settleAssetId(instrumentId);
    return 0 == assetId ? Long.toString(units) : amount(assetId, units);
  }

  private String amount(final int assetId, final long units) {
    return directory.amountText(assetId, units) + " " + directory.assetName(assetId);
  }

  /** Requirement over equity, rounded up; nothing left has none. */
  static String ratio(final long requirementUnits, final long equityUnits) {
    return equityUnits <= 0 ? "-" : BigDecimal.valueOf(requirementUnits)
        .divide(BigDecimal.valueOf(equityUnits), RATIO_DECIMALS, RoundingMode.CEILING).toPlainString();
  }

  private void say(final String key, final Object... values) {
    terminal.line(terminal.text(key, values));
  }
}
