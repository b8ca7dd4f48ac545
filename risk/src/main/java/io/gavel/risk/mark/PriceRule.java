package io.gavel.risk.mark;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;

/**
 * How the index and the mark of one instrument come about: immutable, read by {@link IndexPrices}, {@link MarkRule}
 * and {@link PriceValidity}. Times are nanoseconds of engine time, shares parts of 10^8.
 */
public final class PriceRule {

  public static final int SOURCES_MAX = 16;
  /** Fewer sources than this have no median that one of them could not choose. */
  public static final int QUORUM_MIN = 3;
  /** So that a price in finer units, times what it is smoothed with, stays within a long. */
  public static final int MARK_UNITS_PER_TICK_MAX = 1 << 16;

  final long staleNs;
  final long futureNs;
  final long excludeNs;
  final long readmitNs;
  final long halfLifeNs;
  final long windowNs;
  final long raiseIntervalNs;
  final int quorum;
  final int deviationE8;
  final int readmitBandE8;
  final int confidenceMinE8;
  final int moveMaxE8;
  final int bandE8;
  final int raiseMaxE8;
  final MarkRuleKind markRule;

  PriceRule(final SetPriceRuleDecoder command) {
    staleNs = command.staleNs();
    futureNs = command.futureNs();
    excludeNs = command.excludeNs();
    readmitNs = command.readmitNs();
    halfLifeNs = command.halfLifeNs();
    windowNs = command.windowNs();
    raiseIntervalNs = command.raiseIntervalNs();
    quorum = command.quorum();
    deviationE8 = command.deviationE8();
    readmitBandE8 = command.readmitBandE8();
    confidenceMinE8 = command.confidenceMinE8();
    moveMaxE8 = command.moveMaxE8();
    bandE8 = command.bandE8();
    raiseMaxE8 = command.raiseMaxE8();
    markRule = command.markRule();
  }

  PriceRule(final SnapshotSource source) {
    staleNs = source.getLong();
    futureNs = source.getLong();
    excludeNs = source.getLong();
    readmitNs = source.getLong();
    halfLifeNs = source.getLong();
    windowNs = source.getLong();
    raiseIntervalNs = source.getLong();
    quorum = source.getInt();
    deviationE8 = source.getInt();
    readmitBandE8 = source.getInt();
    confidenceMinE8 = source.getInt();
    moveMaxE8 = source.getInt();
    bandE8 = source.getInt();
    raiseMaxE8 = source.getInt();
    markRule = MarkRuleKind.get((short) source.getInt());
  }

  void save(final SnapshotSink sink) {
    sink.putLong(staleNs);
    sink.putLong(futureNs);
    sink.putLong(excludeNs);
    sink.putLong(readmitNs);
    sink.putLong(halfLifeNs);
    sink.putLong(windowNs);
    sink.putLong(raiseIntervalNs);
    sink.putInt(quorum);
    sink.putInt(deviationE8);
    sink.putInt(readmitBandE8);
    sink.putInt(confidenceMinE8);
    sink.putInt(moveMaxE8);
    sink.putInt(bandE8);
    sink.putInt(raiseMaxE8);
    sink.putInt(markRule.value());
  }

  /** Whether the parameters make sense together, for an instrument whose mark has so many parts of a tick. */
  static ReasonCode check(final SetPriceRuleDecoder command, final int markUnitsPerTick) {
    final boolean fromSources = 0 != command.quorum();
    final boolean sources = !fromSources
        || (command.quorum() >= QUORUM_MIN && command.quorum() <= SOURCES_MAX && command.staleNs() > 0
            && command.deviationE8() > 0 && command.readmitBandE8() > 0
            && command.readmitBandE8() <= command.deviationE8());
    final boolean bounds = 0 == command.ceilUnits() || command.ceilUnits() > command.floorUnits();
    final boolean raise = 0 == command.raiseMaxE8() || command.raiseIntervalNs() > 0;
    final boolean mark = switch (command.markRule()) {
      case DIRECT -> true;
      case MEDIAN -> command.bandE8() > 0 && command.windowNs() >= BasisSamples.SAMPLES;
      case EMA_BASIS -> command.bandE8() > 0 && command.halfLifeNs() >= BasisAverage.STEPS;
      default -> false;
    };
    return sources && bounds && raise && mark && command.sourceId() <= SOURCES_MAX
        && markUnitsPerTick <= MARK_UNITS_PER_TICK_MAX ? ReasonCode.OK : ReasonCode.PARAMETERS_INVALID;
  }

  /** Whether it asks for what holds without a rule: prices set directly, that never age. */
  boolean isDefault() {
    return 0 == quorum && 0 == staleNs && 0 == raiseMaxE8 && MarkRuleKind.DIRECT == markRule;
  }

  /** Whether the index is worked out from sources. */
  public boolean hasSources() {
    return 0 != quorum;
  }

  /** How the mark comes about; DIRECT: by SetPrice. */
  public MarkRuleKind markRule() {
    return markRule;
  }

  /** Age beyond which a price counts no more; 0: never. */
  public long staleNs() {
    return staleNs;
  }
}
