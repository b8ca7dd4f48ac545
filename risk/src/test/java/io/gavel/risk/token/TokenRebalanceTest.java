package io.gavel.risk.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Goal: a token is at its target again after the trade, whichever way the market went, and never owes. */
class TokenRebalanceTest {

  private static final long ONE_E8 = 100_000_000;

  @Test
  void shouldBuyAfterARiseAndSellAfterAFall() {
    assertTrade(3, 5_000_000, 230, 630, 60);
    assertTrade(3, -5_000_000, 170, 570, -60);
    assertTrade(-3, 5_000_000, 170, -630, 120);
    assertTrade(-3, -5_000_000, 230, -570, -120);
  }

  private static void assertTrade(
      final long leverage, final long moveE8, final long nav, final long exposure, final long trade) {
    final long held = TokenRebalance.targetExposure(200, leverage * ONE_E8);
    assertEquals(nav, TokenRebalance.navAfter(200, held, moveE8));
    assertEquals(exposure, TokenRebalance.exposureAfter(held, moveE8));
    assertEquals(trade, TokenRebalance.trade(nav, exposure, leverage * ONE_E8));
    assertEquals(leverage * nav, exposure + trade);
  }

  @Test
  void shouldNotOweAfterACrash() {
    assertEquals(0, TokenRebalance.navAfter(200, 600, -50_000_000));
    assertEquals(Long.MAX_VALUE, TokenRebalance.leverageE8(0, 300));
    assertTrue(TokenRebalance.mustRebalance(0, 300, 3 * ONE_E8, 133_000_000));
  }

  @Test
  void shouldRebalanceWithinTheDayBeyondTheThreshold() {
    assertFalse(TokenRebalance.mustRebalance(100, 399, 3 * ONE_E8, 133_000_000));
    assertTrue(TokenRebalance.mustRebalance(100, 400, 3 * ONE_E8, 133_000_000));
    assertTrue(TokenRebalance.mustRebalance(100, -400, -3 * ONE_E8, 133_000_000));
  }
}
