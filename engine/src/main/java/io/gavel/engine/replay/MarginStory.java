package io.gavel.engine.replay;

import io.gavel.codecs.sbe.LiquidationStage;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionSide;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an account on margin, in the engine's whole numbers: why it was liquidated, step by step, or how near
 * it came. Equity and requirement are units of the reference asset, values of the settle asset.
 *
 * @param referenceAssetId 0: none was named
 * @param nearest when requirement over equity was highest behind a command; null: it never held a position
 */
public record MarginStory(
    long account, int referenceAssetId, MarginMode mode, @Nullable Moment nearest, List<Episode> episodes) {

  public MarginStory {
    episodes = List.copyOf(episodes);
  }

  /** A position; above zero lots it is long. */
  public record Leg(int instrumentId, PositionSide side, long lots, long costUnits, long markUnits) {
  }

  /** Equity and requirement behind a command, and the positions they come from. */
  public record Moment(
      long sequence, long timeNs, long equityUnits, long requirementUnits, List<Leg> legs) {
  }

  /** From the breach to its end; the positions stood so in front of the command that began it. */
  public record Episode(List<Leg> legs, List<Step> steps) {

    public Episode {
      legs = List.copyOf(legs);
      steps = List.copyOf(steps);
    }
  }

  /** One step, as its event tells it; {@code instrumentId} 0: about the account as a whole. */
  public record Step(
      long sequence, long timeNs, LiquidationStage stage, long causeSequence, int causeTemplateId, int instrumentId,
      PositionSide side, long equityUnits, long requirementUnits, long markUnits, long lots, long valueUnits,
      long fundUnits, long backstopUnits, long shortfallUnits) {
  }
}
