package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.engine.Directory;
import io.gavel.engine.replay.MarginStory;
import java.util.List;

/** The story of an account on margin for programs: decimals as strings, times as digits, sequences as numbers. */
final class MarginJson {

  private final JournalWords words;
  private final Directory directory;
  private final int referenceAssetId;

  MarginJson(final JournalWords words, final int referenceAssetId) {
    this.words = words;
    directory = words.directory();
    this.referenceAssetId = referenceAssetId;
  }

  ObjectNode story(final MarginStory story) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("acct", directory.accountName(story.account())).put("mode", StoryText.word(story.mode()))
        .put("liquidated", !story.episodes().isEmpty());
    final MarginStory.Moment nearest = story.nearest();
    if (null != nearest) {
      final ObjectNode moment = node.putObject("nearest");
      moment.put("seq", nearest.sequence()).put("ts", Long.toString(nearest.timeNs()))
          .put("equity", reference(nearest.equityUnits())).put("requirement", reference(nearest.requirementUnits()))
          .put("ratio", MarginText.ratio(nearest.requirementUnits(), nearest.equityUnits()));
      legs(moment.putArray("positions"), nearest.legs());
    }
    final ArrayNode episodes = node.putArray("liquidations");
    for (final MarginStory.Episode episode : story.episodes()) {
      final ObjectNode item = episodes.addObject();
      legs(item.putArray("positions"), episode.legs());
      final ArrayNode steps = item.putArray("steps");
      episode.steps().forEach(step -> step(steps.addObject(), step));
    }
    return node;
  }

  private void legs(final ArrayNode list, final List<MarginStory.Leg> legs) {
    for (final MarginStory.Leg leg : legs) {
      final int id = leg.instrumentId();
      list.addObject().put("instId", directory.instrumentName(id)).put("posSide", StoryText.word(leg.side()))
          .put("sz", directory.sizeText(id, leg.lots())).put("cost", settle(id, leg.costUnits()))
          .put("markPx", directory.markText(id, leg.markUnits()));
    }
  }

  private void step(final ObjectNode node, final MarginStory.Step step) {
    final int id = step.instrumentId();
    node.put("seq", step.sequence()).put("ts", Long.toString(step.timeNs()))
        .put("stage", StoryText.word(step.stage())).put("causeSeq", step.causeSequence())
        .put("cause", CommandNames.of(step.causeTemplateId())).put("equity", reference(step.equityUnits()))
        .put("requirement", reference(step.requirementUnits()));
    if (0 != id) {
      node.put("instId", directory.instrumentName(id)).put("posSide", StoryText.word(step.side()))
          .put("markPx", directory.markText(id, step.markUnits())).put("sz", directory.sizeText(id, step.lots()))
          .put("value", settle(id, step.valueUnits())).put("fund", settle(id, step.fundUnits()))
          .put("backstop", settle(id, step.backstopUnits())).put("shortfall", settle(id, step.shortfallUnits()));
    }
  }

  private String reference(final long units) {
    return 0 == referenceAssetId ? Long.toString(units) : directory.amountText(referenceAssetId, units);
  }

  private String settle(final int instrumentId, final long units) {
    final int assetId = words.settleAssetId(instrumentId);
    return 0 == assetId ? Long.toString(units) : directory.amountText(assetId, units);
  }
}
