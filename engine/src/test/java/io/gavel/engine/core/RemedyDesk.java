package io.gavel.engine.core;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.AdjustTradeEncoder;
import io.gavel.codecs.sbe.BustTradeEncoder;
import io.gavel.codecs.sbe.CompensateEncoder;
import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.GrowCapacityEncoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RemedyCause;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import java.util.function.Consumer;

/** The commands that put right what was wrong, and trades of two people in an empty book. */
final class RemedyDesk {

  final Core core;
  private long trades;

  RemedyDesk(final Core core) {
    this.core = core;
  }

  ReasonCode keep(final int tradesKept) {
    return core.send(new GrowCapacityEncoder(), 0, c -> c.ordersMax(0).tradesKept(tradesKept));
  }

  void trader(final long account, final long btc, final long usd) {
    ok(core.account(account, AccountKind.USER, "trader-" + account));
    ok(core.deposit(account, Core.BTC, btc));
    ok(core.deposit(account, Core.USD, usd));
  }

  ReasonCode fund(final HouseFund fund, final int assetId, final long units) {
    return core.send(new FundHouseEncoder(), 0, c -> c.fund(fund).assetId(assetId).amountUnits(units));
  }

  /** Two orders that meet; answers the id of their trade. */
  long trade(final int instrumentId, final long buyer, final long seller, final int ticks, final long lots,
      final PositionSide buyerSide, final PositionSide sellerSide, final boolean buyerMakes) {
    final long first = buyerMakes ? buyer : seller;
    final long second = buyerMakes ? seller : buyer;
    ok(core.order(first, buyerMakes ? Side.BUY : Side.SELL, ticks, lots,
        o -> o.instrumentId(instrumentId).positionSide(buyerMakes ? buyerSide : sellerSide)));
    ok(core.order(second, buyerMakes ? Side.SELL : Side.BUY, ticks, lots,
        o -> o.instrumentId(instrumentId).positionSide(buyerMakes ? sellerSide : buyerSide)));
    return ++trades;
  }

  long trade(final long buyer, final long seller, final int ticks, final long lots) {
    return trade(Core.PAIR, buyer, seller, ticks, lots, PositionSide.NET, PositionSide.NET, true);
  }

  ReasonCode bust(final int instrumentId, final long tradeId, final Consumer<BustTradeEncoder> change) {
    return core.send(new BustTradeEncoder(), 0, c -> {
      c.tradeId(tradeId).instrumentId(instrumentId).fundMaxUnits(0).fundBaseMaxUnits(0).fund(HouseFund.INSURANCE)
          .cause(RemedyCause.WRONG_FEED);
      Core.put(c.evidence(), "CASE-1");
      change.accept(c);
    });
  }

  ReasonCode bust(final long tradeId) {
    return bust(Core.PAIR, tradeId, c -> { });
  }

  ReasonCode adjust(final int instrumentId, final long tradeId, final int ticks,
      final Consumer<AdjustTradeEncoder> change) {
    return core.send(new AdjustTradeEncoder(), 0, c -> {
      c.tradeId(tradeId).instrumentId(instrumentId).priceTicks(ticks).fundMaxUnits(0).fund(HouseFund.INSURANCE)
          .cause(RemedyCause.WRONG_PRICE);
      Core.put(c.evidence(), "CASE-2");
      change.accept(c);
    });
  }

  ReasonCode compensate(final long account, final long key, final long units, final long fundMax,
      final Consumer<CompensateEncoder> change) {
    return core.send(new CompensateEncoder(), account, c -> {
      c.key(key).amountUnits(units).fundMaxUnits(fundMax).tradeId(0).assetId(Core.USD).bestPriceTicks(0)
          .fund(HouseFund.INSURANCE).cause(RemedyCause.OUTAGE);
      Core.put(c.evidence(), "CASE-3");
      change.accept(c);
    });
  }

  /** Free and held together. */
  long money(final long account, final int assetId) {
    final RiskEngine risk = core.machine.risk();
    return risk.freeUnits(account, assetId) + risk.heldUnits(account, assetId)
        - risk.debts().units(risk.ledger().find(risk.accountSlot(account), assetId));
  }

  static void ok(final ReasonCode code) {
    if (ReasonCode.OK != code) {
      throw new AssertionError(code);
    }
  }
}
