package io.gavel.engine.core;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import java.util.SplittableRandom;

/** Seeded commands of every kind, with rows of the risk table that come, go and differ, pauses, and all halts. */
final class LimitTraffic {

  private final SplittableRandom random;
  private final RandomTraffic traffic;

  LimitTraffic(final long seed) {
    random = new SplittableRandom(seed);
    traffic = new RandomTraffic(seed);
  }

  ReasonCode next(final Core core) {
    final int dice = random.nextInt(200);
    if (dice >= 14) {
      return traffic.next(core);
    }
    final long account = 1L + random.nextInt(3);
    return switch (dice) {
      case 0, 1, 2, 3, 4, 5 -> row(core, account);
      case 6, 7 -> core.riskLimit(1 + random.nextInt(12), RiskLimitKind.NONE, 0);
      case 8, 9 -> core.profile(account, random.nextInt(2) * (1 + core.timeNs() / 2), random.nextInt(3),
          random.nextInt(3), random.nextInt(8));
      case 11 -> core.signal(account, random.nextInt(2), random.nextInt(5), random.nextInt(100),
          random.nextBoolean() ? 0 : core.timeNs() + 1 + random.nextInt(2_000));
      case 12 -> core.pool(1 + random.nextInt(3), 1 + random.nextInt(1_000_000), 1 + random.nextInt(1_000_000));
      case 10 -> core.selfExclude(account, core.timeNs() + random.nextInt(3_000) - 100);
      default -> core.halt(HaltScope.values()[random.nextInt(5)], account, Core.PAIR, random.nextInt(3),
          random.nextInt(5) == 0, HaltMode.values()[random.nextInt(2)]);
    };
  }

  private ReasonCode row(final Core core, final long account) {
    final RiskLimitKind kind = RiskLimitKind.values()[random.nextInt(14)];
    final long about = random.nextInt(3) == 0 && isAboutSome(kind) ? account : 0;
    return core.riskLimit(about, 1 + random.nextInt(12), kind, limit(kind), c -> {
      c.staged(random.nextInt(4) == 0 ? Flag.YES : Flag.NO);
      if (RiskLimitKind.COMMAND_COST == kind) {
        c.commandTemplateId(PlaceOrderEncoder.TEMPLATE_ID);
      } else if (RiskLimitKind.STOP_OUTS == kind || RiskLimitKind.LOSS == kind) {
        c.assetId(RiskLimitKind.LOSS == kind ? Core.USD : 0);
      } else {
        c.instrumentId(Core.PAIR);
      }
      if (RiskLimitKind.CASCADE == kind) {
        c.bandBps(random.nextInt(3) * 40);
      }
      if (isAboutSome(kind)) {
        c.groupId(random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0).region(random.nextInt(5) == 0 ? 1 : 0)
            .ageBelowNs(random.nextInt(5) == 0 ? 1 + core.timeNs() / 2 : 0);
      }
      times(c);
    });
  }

  private void times(final SetRiskLimitsEncoder command) {
    command.windowNs(1 + random.nextInt(1_000)).durationNs(1 + random.nextInt(300))
        .thresholdUnits(random.nextInt(2) * 20_000L);
  }

  private static boolean isAboutSome(final RiskLimitKind kind) {
    return switch (kind) {
      case OPEN_INTEREST, VOLATILITY, CASCADE, COMMAND_COST -> false;
      default -> true;
    };
  }

  private long limit(final RiskLimitKind kind) {
    return switch (kind) {
      case ORDER_LOTS -> 30L + random.nextInt(60);
      case POSITION_LOTS, GROUP_LOTS -> 20L + random.nextInt(300);
      case ORDER_NOTIONAL -> 20_000L + random.nextInt(60_000);
      case POSITION_NOTIONAL, GROUP_NOTIONAL -> 20_000L + random.nextInt(300_000);
      case VOLATILITY -> 20L + random.nextInt(300);
      case STOP_OUTS, CASCADE, COMMAND_COST -> 1L + random.nextInt(3);
      case LOSS -> random.nextInt(5_000);
      default -> 100L + random.nextInt(10_000);
    };
  }
}
