package io.gavel.risk.instrument;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.money.FixedPoint;
import java.math.BigInteger;

/**
 * What makes an instrument a contract. A lot of an inverse contract is worth {@code numerator / (ticks x divisor)}
 * units of its settle asset, in lowest terms; one of any other is worth a whole number of units a tick.
 *
 * @param settleAssetId      what premiums, profits, losses and fees are paid in
 * @param multiplierE10      times the lot size
 * @param expiryTimeNs       engine time of the last settlement; 0: perpetual
 * @param strikeTicks        options only
 * @param indexInstrumentId  whose index price is the underlying
 * @param settlementWindowNs the index is averaged over so long before expiry; 0: the price at expiry counts
 */
record ContractTerms(
    InstrumentKind kind, int settleAssetId, long multiplierE10, long expiryTimeNs, int strikeTicks,
    int indexInstrumentId, long settlementWindowNs, long numerator, long divisor) {

  static final long ONE_E10 = 10_000_000_000L;
  static final ContractTerms SPOT = new ContractTerms(InstrumentKind.SPOT, 0, ONE_E10, 0, 0, 0, 0, 0, 1);

  static ContractTerms load(final InstrumentKind kind, final SnapshotSource source) {
    return new ContractTerms(kind, source.getInt(), source.getLong(), source.getLong(), source.getInt(),
        source.getInt(), source.getLong(), source.getLong(), source.getLong());
  }

  void save(final SnapshotSink sink) {
    sink.putInt(settleAssetId);
    sink.putLong(multiplierE10);
    sink.putLong(expiryTimeNs);
    sink.putInt(strikeTicks);
    sink.putInt(indexInstrumentId);
    sink.putLong(settlementWindowNs);
    sink.putLong(numerator);
    sink.putLong(divisor);
  }

  /** The terms with the worth of an inverse lot worked out. Allocates. */
  ContractTerms inverse(final long tickSizeE10, final long lotSizeE10, final int settleScale) {
    final BigInteger above = BigInteger.valueOf(lotSizeE10).multiply(BigInteger.valueOf(multiplierE10))
        .multiply(BigInteger.TEN.pow(settleScale));
    final BigInteger below = BigInteger.valueOf(tickSizeE10).multiply(BigInteger.valueOf(ONE_E10));
    final BigInteger common = above.gcd(below);
    final BigInteger largest = BigInteger.valueOf(Long.MAX_VALUE);
    return new ContractTerms(kind, settleAssetId, multiplierE10, expiryTimeNs, strikeTicks, indexInstrumentId,
        settlementWindowNs, above.divide(common).min(largest).longValueExact(),
        below.divide(common).min(largest).longValueExact());
  }

  /** OK, or why an instrument of the kind cannot have these terms, whatever the others say. */
  ReasonCode check(final int markUnitsPerTick) {
    final boolean ends = isFuture() || isOption();
    final boolean fits = ends == expiryTimeNs > 0 && isOption() == strikeTicks > 0
        && settlementWindowNs >= 0 && settlementWindowNs <= expiryTimeNs && multiplierE10 > 0;
    if (!fits) {
      return ReasonCode.CONTRACT_TERMS_INVALID;
    }
    return !isInverse() || (FixedPoint.productFits(numerator, markUnitsPerTick)
        && FixedPoint.productFits(Integer.MAX_VALUE, markUnitsPerTick, divisor))
        ? ReasonCode.OK : ReasonCode.AMOUNT_OVERFLOW;
  }

  boolean isContract() {
    return InstrumentKind.SPOT != kind && !isToken();
  }

  /** Whether its base asset is issued against a pool, and traded as in spot. */
  boolean isToken() {
    return InstrumentKind.LEVERAGED_TOKEN == kind || InstrumentKind.SYNTHETIC == kind;
  }

  /** Of what is traded as in spot. */
  static ContractTerms spot(final InstrumentKind kind) {
    return InstrumentKind.SPOT == kind ? SPOT : new ContractTerms(kind, 0, ONE_E10, 0, 0, 0, 0, 0, 1);
  }

  boolean isInverse() {
    return InstrumentKind.INVERSE_PERPETUAL == kind || InstrumentKind.INVERSE_FUTURE == kind;
  }

  boolean isFuture() {
    return InstrumentKind.LINEAR_FUTURE == kind || InstrumentKind.INVERSE_FUTURE == kind;
  }

  boolean isOption() {
    return InstrumentKind.CALL_OPTION == kind || InstrumentKind.PUT_OPTION == kind;
  }
}
