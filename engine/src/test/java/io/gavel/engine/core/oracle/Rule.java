package io.gavel.engine.core.oracle;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule and its legs. */
final class Rule {

  enum Phase { OUT, LIVE, DORMANT, TRACKING, WAITING }

  final long id;
  final Pair pair;
  final NewRule spec;
  final List<Leg> legs = new ArrayList<>();
  RuleState state = RuleState.PENDING;
  /** Whether prices concern the legs. */
  boolean armed;
  int version = 1;
  long remaining;
  long filled;
  long dueTimeNs;
  long attempt;
  int protectionTicks;
  Leg fired;
  @Nullable Order child;
  Money.@Nullable Reservation reservation;

  Rule(final long id, final Pair pair, final NewRule spec, final long lots) {
    this.id = id;
    this.pair = pair;
    this.spec = spec;
    remaining = lots;
    for (final NewRule.Leg leg : spec.legs()) {
      legs.add(new Leg(this, legs.size(), leg));
    }
    fired = legs.get(0);
  }

  boolean sells() {
    return Side.SELL == spec.side();
  }

  boolean isMarketChild() {
    return 0 == fired.childLimit;
  }

  int dearestLimit() {
    int dearest = 1;
    for (final Leg leg : legs) {
      dearest = Math.max(dearest, leg.childLimit);
    }
    return dearest;
  }

  /** One trigger of a rule. */
  static final class Leg {

    final Rule rule;
    final int index;
    final RuleKind kind;
    final PriceSource source;
    final int activation;
    final int protectionBps;
    int setLevel;
    int ratioE8;
    int spread;
    int childLimit;
    int extremum;
    Phase phase = Phase.OUT;

    Leg(final Rule rule, final int index, final NewRule.Leg leg) {
      this.rule = rule;
      this.index = index;
      kind = leg.kind();
      source = leg.source();
      activation = leg.activation();
      protectionBps = leg.protectionBps();
      setLevel = leg.level();
      ratioE8 = leg.ratioE8();
      spread = leg.spread();
      childLimit = leg.childLimit();
    }

    boolean trails() {
      return RuleKind.TRAILING_STOP == kind;
    }

    boolean isPlain() {
      return RuleKind.TAKE_PROFIT == kind || RuleKind.STOP_LOSS == kind;
    }

    boolean isStop() {
      return RuleKind.STOP_LOSS == kind || trails();
    }

    /** A sale takes profit and a purchase stops when the price has risen. */
    boolean firesRising() {
      return isStop() != rule.sells();
    }

    /** The level in force, 0 for none. */
    int level() {
      return trails() ? trailLevel(ratioE8, spread) : setLevel;
    }

    int trailLevel(final int ratio, final int distance) {
      if (0 == extremum) {
        return 0;
      }
      final BigInteger e8 = BigInteger.valueOf(100_000_000L);
      final BigInteger high = BigInteger.valueOf(extremum);
      final BigInteger level;
      if (rule.sells()) {
        level = 0 == ratio ? high.subtract(BigInteger.valueOf(distance))
            : high.multiply(e8.subtract(BigInteger.valueOf(ratio))).divide(e8);
      } else {
        level = 0 == ratio ? high.add(BigInteger.valueOf(distance))
            : Money.ceilDiv(high.multiply(e8.add(BigInteger.valueOf(ratio))), e8);
      }
      return level.bitLength() > 31 ? 0 : Math.max(0, level.intValue());
    }

    boolean isCrossed(final int level, final int floor, final int ceil) {
      return firesRising() ? floor > 0 && floor >= level : ceil > 0 && ceil <= level;
    }

    boolean isCrossedNow(final int level) {
      return isCrossed(level, rule.pair.floorTicks(source), rule.pair.ceilTicks(source));
    }

    /** The price that counts for this leg, rounded against firing. */
    int reference(final int floor, final int ceil) {
      return firesRising() ? floor : ceil;
    }

    boolean isActivatedBy(final int floor, final int ceil) {
      return rule.sells() ? floor > 0 && floor >= activation : ceil > 0 && ceil <= activation;
    }
  }
}
