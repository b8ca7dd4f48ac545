package io.gavel.engine.core;

import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.HoldFundsEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RevokeKeyEncoder;
import io.gavel.codecs.sbe.SetFeesEncoder;
import io.gavel.codecs.sbe.SetHaltEncoder;
import io.gavel.codecs.sbe.SetLimitsEncoder;
import java.util.SplittableRandom;

/**
 * Seeded commands of every kind under keys: two sessions may do anything, six more have keys that come, go and differ.
 * Proposals are approved, rejected, or left to expire.
 */
final class GuardedTraffic {

  private static final int SESSIONS = 8;

  private final SplittableRandom random;
  private final RandomTraffic traffic;

  GuardedTraffic(final long seed, final Core core) {
    random = new SplittableRandom(seed);
    traffic = new RandomTraffic(seed);
    core.grant(1, 1, KeyScope.values());
    core.grant(2, 2, KeyScope.values());
    core.security(true);
  }

  ReasonCode next(final Core core) {
    final int dice = random.nextInt(100);
    if (dice >= 12) {
      core.as(random.nextInt(3) > 0 ? 1 : random.nextInt(SESSIONS + 2));
      return traffic.next(core);
    }
    core.as(1 + random.nextInt(2));
    return switch (dice) {
      case 0, 1, 2, 3 -> grant(core);
      case 4 -> core.revoke(3 + random.nextInt(SESSIONS));
      case 5 -> core.dual(random.nextInt(2) * 500L, 2_000, HoldFundsEncoder.TEMPLATE_ID, SetHaltEncoder.TEMPLATE_ID,
          SetFeesEncoder.TEMPLATE_ID, DepositEncoder.TEMPLATE_ID,
          random.nextBoolean() ? RevokeKeyEncoder.TEMPLATE_ID : SetLimitsEncoder.TEMPLATE_ID);
      case 6 -> random.nextInt(4) == 0 ? core.security(true) : core.fees(random.nextInt(100), random.nextInt(100));
      default -> core.as(1 + random.nextInt(4)).approve(pending(core), random.nextInt(4) > 0);
    };
  }

  private ReasonCode grant(final Core core) {
    final boolean limited = random.nextInt(3) == 0;
    final int some = 1 + random.nextInt(KeyScope.SECURITY.bit() - 1);
    final int scopes = limited ? (some | KeyScope.TRADE.bit()) & ~KeyScope.RULES.bit() : some;
    return core.grant(3 + random.nextInt(SESSIONS - 2), 1 + random.nextInt(4), scopes, g -> {
      g.ratePerSecond(random.nextInt(3) * 1_000_000).rateBurst(random.nextInt(5))
          .expiryTimeNs(random.nextInt(4) == 0 ? core.timeNs() + 1 + random.nextInt(5_000) : 0);
      if (limited) {
        g.notionalAssetId(Core.USD).commandMaxUnits(random.nextInt(60_000)).windowMaxUnits(40_000).windowNs(9_000);
      }
      g.accounts().v3(random.nextInt(4) == 0 ? Core.ALICE : 0);
      g.instruments().v5(random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0);
    });
  }

  /** Mostly a proposal that waits, sometimes one that is gone or never was. */
  private long pending(final Core core) {
    final int proposals = core.machine.proposalCount();
    final long id = 0 == proposals ? 0 : core.machine.proposalId(random.nextInt(proposals));
    return 0 == id || random.nextInt(8) == 0 ? random.nextLong(1, 4_001) : id;
  }
}
