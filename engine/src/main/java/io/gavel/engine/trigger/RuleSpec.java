package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import java.util.Arrays;

/**
 * What somebody asks to be armed: a holder that is filled again for each command. Nothing has a default: what is not
 * given stays NULL_VAL and is refused. Units as in the command: ticks, lots, nanoseconds, ratios times 10^8.
 */
public final class RuleSpec {

  public static final int LEGS_MAX = 4;

  public int instrumentId;
  public Side side = Side.NULL_VAL;
  public int shareE8;
  public long quantityLots;
  public long startTimeNs;
  public long endTimeNs;
  public ArmPolicy armPolicy = ArmPolicy.NULL_VAL;
  public ExpiryAction expiryAction = ExpiryAction.NULL_VAL;
  public ReserveMode reserveMode = ReserveMode.NULL_VAL;
  /** As given, also beyond LEGS_MAX: the check refuses it, the arrays hold the first LEGS_MAX. */
  public int legCount;
  public final RuleKind[] kinds = new RuleKind[LEGS_MAX];
  public final PriceSource[] sources = new PriceSource[LEGS_MAX];
  public final int[] levelTicks = new int[LEGS_MAX];
  public final int[] trailRatioE8 = new int[LEGS_MAX];
  public final int[] trailSpreadTicks = new int[LEGS_MAX];
  public final int[] activationTicks = new int[LEGS_MAX];
  public final int[] childLimitTicks = new int[LEGS_MAX];
  public final int[] protectionBps = new int[LEGS_MAX];

  public RuleSpec() {
    clear();
  }

  public void clear() {
    instrumentId = 0;
    side = Side.NULL_VAL;
    shareE8 = 0;
    quantityLots = 0;
    startTimeNs = 0;
    endTimeNs = 0;
    armPolicy = ArmPolicy.NULL_VAL;
    expiryAction = ExpiryAction.NULL_VAL;
    reserveMode = ReserveMode.NULL_VAL;
    legCount = 0;
    Arrays.fill(kinds, RuleKind.NULL_VAL);
    Arrays.fill(sources, PriceSource.NULL_VAL);
    Arrays.fill(levelTicks, 0);
    Arrays.fill(trailRatioE8, 0);
    Arrays.fill(trailSpreadTicks, 0);
    Arrays.fill(activationTicks, 0);
    Arrays.fill(childLimitTicks, 0);
    Arrays.fill(protectionBps, 0);
  }

  /** Takes every field of the command; the decoder stands behind its legs afterwards. */
  public void from(final ArmRuleDecoder command) {
    clear();
    instrumentId = command.instrumentId();
    side = command.side();
    shareE8 = command.shareE8();
    quantityLots = command.quantityLots();
    startTimeNs = command.startTimeNs();
    endTimeNs = command.endTimeNs();
    armPolicy = command.armPolicy();
    expiryAction = command.expiryAction();
    reserveMode = command.reserveMode();
    final ArmRuleDecoder.LegsDecoder legs = command.legs();
    legCount = legs.count();
    for (int i = 0; i < legCount && i < LEGS_MAX; i++) {
      final ArmRuleDecoder.LegsDecoder leg = legs.next();
      kinds[i] = leg.kind();
      sources[i] = leg.source();
      levelTicks[i] = leg.levelTicks();
      trailRatioE8[i] = leg.trailRatioE8();
      trailSpreadTicks[i] = leg.trailSpreadTicks();
      activationTicks[i] = leg.activationTicks();
      childLimitTicks[i] = leg.childLimitTicks();
      protectionBps[i] = leg.protectionBps();
    }
  }
}
