package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import java.util.List;

/** The command that arms a rule. */
public record NewRule(
    long account,
    int pair,
    int shareE8,
    long lots,
    long startTimeNs,
    long endTimeNs,
    Side side,
    ArmPolicy policy,
    ExpiryAction expiryAction,
    ReserveMode reserveMode,
    String clientId,
    List<Leg> legs) {

  /** One leg as asked for. */
  public record Leg(
      RuleKind kind,
      PriceSource source,
      int level,
      int ratioE8,
      int spread,
      int activation,
      int childLimit,
      int protectionBps) { }
}
