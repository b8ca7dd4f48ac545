package io.gavel.engine;

import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import java.time.Duration;

/** How positions of a contract are liquidated and who pays, all at once; amounts in what it settles in. */
public final class LiquidationTicket {

  private final Directory directory;
  private final Directory.AssetEntry settle;
  private final SetLiquidationEncoder command;

  LiquidationTicket(
      final Directory directory, final Directory.AssetEntry settle, final SetLiquidationEncoder command) {
    this.directory = directory;
    this.settle = settle;
    this.command = command;
  }

  /** Takes over what no order could close; mandatory. */
  public LiquidationTicket backstop(final String acct) {
    command.backstopAccount(directory.requireAccount(acct));
    return this;
  }

  /** What the backstop fund may pay in all. */
  public LiquidationTicket backstopLossMax(final String amt) {
    command.backstopLossMaxUnits(Facade.units(settle, amt, "backstopLossMax"));
    return this;
  }

  /**
   * Orders before a takeover: how far from the mark they may trade, of what is shown within that what one of them may
   * take, and of the position what one closes; none said: taken over at once.
   */
  public LiquidationTicket orders(final int collarBps, final int depthShareBps, final int partialBps) {
    command.collarBps(collarBps).depthShareBps(depthShareBps).partialBps(partialBps);
    return this;
  }

  /** How many orders there may be, and the pause between two. */
  public LiquidationTicket attempts(final int most, final Duration pause) {
    command.attemptsMax(most).retryNs(Facade.nanos(pause, ReasonCode.OUT_OF_RANGE, "pause"));
    return this;
  }

  /** What the insurance fund pays for one position, and in all. */
  public LiquidationTicket fund(final String accountMax, final String max) {
    command.fundAccountMaxUnits(Facade.units(settle, accountMax, "accountMax"))
        .fundMaxUnits(Facade.units(settle, max, "max"));
    return this;
  }

  /** What it pays within a time. */
  public LiquidationTicket fundInterval(final String max, final Duration time) {
    command.fundIntervalMaxUnits(Facade.units(settle, max, "max"))
        .intervalNs(Facade.nanos(time, ReasonCode.OUT_OF_RANGE, "time"));
    return this;
  }

  /** Who gives lots when nobody can pay; by their share unless said otherwise. */
  public LiquidationTicket policy(final DeleveragePolicy policy) {
    command.policy(policy);
    return this;
  }
}
