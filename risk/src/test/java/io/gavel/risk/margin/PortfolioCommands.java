package io.gavel.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetOptionVolatilityDecoder;
import io.gavel.codecs.sbe.SetOptionVolatilityEncoder;
import io.gavel.codecs.sbe.SetPortfolioMarginDecoder;
import io.gavel.codecs.sbe.SetPortfolioMarginEncoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.option.PortfolioParameter;
import org.agrona.concurrent.UnsafeBuffer;

/** Volatilities and parameters for the tests of portfolio margin. */
public final class PortfolioCommands {

  private PortfolioCommands() {
  }

  public static void volatility(final RiskEngine risk, final int instrumentId, final long volatilityE8,
      final long rateE8, final int forwardInstrumentId) {
    assertEquals(ReasonCode.OK, tryVolatility(risk, instrumentId, volatilityE8, rateE8, forwardInstrumentId));
  }

  static ReasonCode tryVolatility(final RiskEngine risk, final int instrumentId, final long volatilityE8,
      final long rateE8, final int forwardInstrumentId) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetOptionVolatilityEncoder.BLOCK_LENGTH]);
    new SetOptionVolatilityEncoder().wrap(buffer, 0).instrumentId(instrumentId).volatilityE8(volatilityE8)
        .rateE8(rateE8).forwardInstrumentId(forwardInstrumentId);
    return risk.portfolioBook().setVolatility(new SetOptionVolatilityDecoder().wrap(
        buffer, 0, SetOptionVolatilityDecoder.BLOCK_LENGTH, SetOptionVolatilityDecoder.SCHEMA_VERSION));
  }

  public static void parameter(
      final RiskEngine risk, final int instrumentId, final PortfolioParameter parameter, final long valueE8) {
    assertEquals(ReasonCode.OK, tryParameter(risk, instrumentId, parameter.ordinal(), valueE8));
  }

  static ReasonCode tryParameter(
      final RiskEngine risk, final int instrumentId, final int parameter, final long valueE8) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SetPortfolioMarginEncoder.BLOCK_LENGTH]);
    new SetPortfolioMarginEncoder().wrap(buffer, 0).instrumentId(instrumentId).parameter(parameter).valueE8(valueE8);
    return risk.portfolioBook().setParameter(new SetPortfolioMarginDecoder().wrap(
        buffer, 0, SetPortfolioMarginDecoder.BLOCK_LENGTH, SetPortfolioMarginDecoder.SCHEMA_VERSION));
  }
}
