package io.gavel.engine.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  @Test
  void shouldTellSlippageAsNoBetterThanItWas() {
    // Sold at 9,999 of 10,000: exactly 1 bps worse; at 9,998.67 on average: 1.33..., told as 1.34.
    assertEquals(100, slippage(Side.SELL, 10_000, fill(9_999, 5)));
    assertEquals(134, slippage(Side.SELL, 10_000, fill(9_999, 2), fill(9_998, 1)));
    // Better by 0.33... bps: told as 0.33, not as 0.34.
    assertEquals(-33, slippage(Side.SELL, 10_000, fill(10_000, 2), fill(10_001, 1)));
  }

  @Test
  void shouldMirrorSlippageForABuy() {
    assertEquals(100, slippage(Side.BUY, 10_000, fill(10_001, 7)));
    assertEquals(-100, slippage(Side.BUY, 10_000, fill(9_999, 7)));
    assertEquals(34, slippage(Side.BUY, 10_000, fill(10_000, 2), fill(10_001, 1)));
  }

  @Test
  void shouldHaveNoSlippageWithoutFillsOrWithoutAReference() {
    assertEquals(Explanation.NULL_SLIPPAGE, slippage(Side.SELL, 10_000));
    assertEquals(Explanation.NULL_SLIPPAGE, slippage(Side.SELL, 0, fill(1, 1)));
  }

  @Test
  void shouldNotOverflowOnTheLargestFills() {
    final long most = Long.MAX_VALUE / 4;

    final int top = Integer.MAX_VALUE;

    assertEquals(0, slippage(Side.SELL, top, fill(top, most), fill(top, most)));
  }

  private static long slippage(
      final Side side, final int referenceTicks, final Explanation.FillStory... fills) {
    return Explanation.slippageBpsE2(side, referenceTicks, List.of(fills));
  }

  private static Explanation.FillStory fill(final int priceTicks, final long lots) {
    return new Explanation.FillStory(1, 1, priceTicks, lots, 0, 0, false, 1);
  }
}
