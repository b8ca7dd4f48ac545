package io.gavel.adapters.cli.pipe;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.Directory;
import io.gavel.engine.Gavel;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.core.OrderTable;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.ledger.Holds;
import io.gavel.risk.position.Positions;

/** Shows the state as one line: balances, holds, orders, rules, positions, books, sequence and hash. */
final class StateRenderer {

  private final Gavel engine;
  private final Directory directory;
  private final JsonOut out;

  StateRenderer(final Gavel engine, final JsonOut out) {
    this.engine = engine;
    this.directory = engine.directory();
    this.out = out;
  }

  /**
   * What to show.
   *
   * @param account      0: all
   * @param instrumentId 0: all
   * @param depth        levels a side of each book
   */
  record Filter(long account, int instrumentId, int depth) {
  }

  void render(final JsonNode reqId, final Filter filter) {
    final String hash = engine.stateHash();
    engine.query(state -> {
      out.begin("state").put("reqId", reqId).put("seq", state.sequence()).putTime("ts", state.engineTimeNs())
          .put("hash", hash);
      balances(state.risk(), filter);
      holds(state.risk(), filter);
      orders(state, filter);
      rules(state, filter);
      positions(state.risk(), filter);
      books(state, filter);
      out.end();
    });
  }

  private void balances(final RiskEngine risk, final Filter filter) {
    out.beginArray("balances");
    for (int i = 0; i < risk.accountCount(); i++) {
      final long account = risk.accountAt(i);
      for (int a = 0; a < risk.assetCount() && wants(filter, account); a++) {
        final int assetId = risk.assetAt(a).id();
        final long free = risk.freeUnits(account, assetId);
        final long held = risk.heldUnits(account, assetId);
        if (0 != free || 0 != held) {
          out.beginItem().put("acct", directory.accountName(account)).put("ccy", directory.assetName(assetId))
              .put("free", directory.amountText(assetId, free)).put("held", directory.amountText(assetId, held))
              .endItem();
        }
      }
    }
    out.endArray();
  }

  private void holds(final RiskEngine risk, final Filter filter) {
    out.beginArray("holds");
    final Holds holds = risk.holds();
    for (int slot = holds.oldest(); Holds.NULL_SLOT != slot; slot = holds.newer(slot)) {
      final long account = risk.accountAt(holds.accountSlot(slot));
      if (wants(filter, account)) {
        out.beginItem().put("holdId", holds.holdId(slot)).put("acct", directory.accountName(account))
            .put("ccy", directory.assetName(holds.assetId(slot)))
            .put("amt", directory.amountText(holds.assetId(slot), holds.amountUnits(slot))).endItem();
      }
    }
    out.endArray();
  }

  private void orders(final StateMachine state, final Filter filter) {
    out.beginArray("orders");
    for (int i = 0; i < state.risk().accountCount(); i++) {
      final long account = state.risk().accountAt(i);
      for (int slot = state.orders().firstOf(i); OrderPool.NULL_SLOT != slot; slot = state.orders().nextOf(slot)) {
        if (wants(filter, account, state.orders().instrumentId(slot)) && !state.orders().isTape(slot)) {
          order(state, account, slot);
        }
      }
    }
    out.endArray();
  }

  private void order(final StateMachine state, final long account, final int slot) {
    final OrderPool pool = state.orderPool();
    final OrderTable orders = state.orders();
    final int instrumentId = orders.instrumentId(slot);
    out.beginItem().put("acct", directory.accountName(account))
        .put("instId", directory.instrumentName(instrumentId)).put("ordId", pool.orderId(slot));
    if (RuleBook.NULL_SLOT != orders.ruleSlot(slot)) {
      out.put("algoId", state.rules().ruleId(orders.ruleSlot(slot)));
    }
    out.putText("clOrdId", Text32.toString(orders.clientWord(slot, 0), orders.clientWord(slot, 1),
            orders.clientWord(slot, 2), orders.clientWord(slot, 3)))
        .put("side", Words.word(pool.side(slot)));
    final PositionSide positionSide = state.risk().positionSide(orders.reservation(slot));
    if (PositionSide.NET != positionSide) {
      out.put("posSide", Words.word(positionSide));
    }
    out.put("ordType", orders.isPostOnly(slot) ? "post_only" : Words.word(orders.ordType(slot)))
        .put("tif", Words.word(orders.timeInForce(slot)));
    if (OrdType.LIMIT == orders.ordType(slot)) {
      out.put("px", directory.priceText(instrumentId, pool.priceTicks(slot)));
    }
    out.put("sz", directory.sizeText(instrumentId, orders.quantityLots(slot)))
        .put("fillSz", directory.sizeText(instrumentId, orders.filledLots(slot)))
        .put("openSz", directory.sizeText(instrumentId, pool.openLots(slot)));
    if (0 != pool.displayLots(slot)) {
      out.put("displaySz", directory.sizeText(instrumentId, pool.displayLots(slot)));
    }
    if (pool.isHidden(slot)) {
      out.put("hidden", true);
    }
    if (orders.isReduceOnly(slot)) {
      out.put("reduceOnly", true);
    }
    if (0 != orders.expireTimeNs(slot)) {
      out.putTime("expireTime", orders.expireTimeNs(slot));
    }
    out.endItem();
  }

  private void rules(final StateMachine state, final Filter filter) {
    out.beginArray("rules");
    for (int i = 0; i < state.risk().accountCount(); i++) {
      final long account = state.risk().accountAt(i);
      for (int slot = state.ruleTable().firstOf(i); RuleBook.NULL_SLOT != slot;
          slot = state.ruleTable().nextOf(slot)) {
        if (wants(filter, account, state.rules().instrumentId(slot))) {
          rule(state, account, slot);
        }
      }
    }
    out.endArray();
  }

  private void rule(final StateMachine state, final long account, final int slot) {
    final RuleBook rules = state.rules();
    final int instrumentId = rules.instrumentId(slot);
    out.beginItem().put("acct", directory.accountName(account))
        .put("instId", directory.instrumentName(instrumentId)).put("algoId", rules.ruleId(slot))
        .putText("algoClOrdId", Text32.toString(state.ruleTable().clientWord(slot, 0),
            state.ruleTable().clientWord(slot, 1), state.ruleTable().clientWord(slot, 2),
            state.ruleTable().clientWord(slot, 3)))
        .put("state", Words.word(rules.state(slot))).put("version", rules.version(slot))
        .put("side", Words.word(rules.side(slot)))
        .put("sz", directory.sizeText(instrumentId, rules.quantityLots(slot)))
        .put("remainingSz", directory.sizeText(instrumentId, rules.remainingLots(slot)))
        .put("armPolicy", Words.word(rules.armPolicy(slot)))
        .put("expiryAction", Words.word(rules.expiryAction(slot)))
        .put("reserveMode", Words.word(rules.reserveMode(slot)));
    if (0 != rules.startTimeNs(slot)) {
      out.putTime("startTime", rules.startTimeNs(slot));
    }
    if (0 != rules.endTimeNs(slot)) {
      out.putTime("endTime", rules.endTimeNs(slot));
    }
    out.beginArray("legs");
    for (int leg = 0; leg < rules.legCount(slot); leg++) {
      out.beginItem();
      RuleText.leg(out, directory, instrumentId, new RuleText.Leg(rules.kind(slot, leg), rules.source(slot, leg),
          rules.levelTicks(slot, leg), rules.extremumTicks(slot, leg), rules.trailRatioE8(slot, leg),
          rules.trailSpreadTicks(slot, leg), rules.activationTicks(slot, leg), rules.childLimitTicks(slot, leg),
          rules.protectionBps(slot, leg)));
      out.put("dormant", rules.isDormant(slot, leg)).endItem();
    }
    out.endArray().endItem();
  }

  private void positions(final RiskEngine risk, final Filter filter) {
    out.beginArray("positions");
    final Positions positions = risk.positions();
    for (int i = 0; i < risk.accountCount(); i++) {
      final long account = risk.accountAt(i);
      for (int n = 0; n < risk.instrumentCount() && AccountKind.TAPE != risk.accountKind(account); n++) {
        final int id = risk.instrumentAt(n).id();
        final long lots = positions.lots(account, id);
        if (wants(filter, account, id) && (0 != lots || 0 != positions.realisedUnits(account, id))) {
          position(risk, account, id);
        }
      }
    }
    out.endArray();
  }

  private void position(final RiskEngine risk, final long account, final int instrumentId) {
    final Positions positions = risk.positions();
    final Directory.InstrumentEntry entry = directory.instrument(instrumentId);
    final int quoteId = null == entry ? 0 : entry.quoteAssetId();
    final int referenceTicks = risk.marks().referenceTicks(instrumentId);
    out.beginItem().put("acct", directory.accountName(account))
        .put("instId", directory.instrumentName(instrumentId))
        .put("sz", directory.sizeText(instrumentId, positions.lots(account, instrumentId)))
        .put("cost", directory.amountText(quoteId, positions.costUnits(account, instrumentId)))
        .put("realisedPnl", directory.amountText(quoteId, positions.realisedUnits(account, instrumentId)));
    if (0 != referenceTicks) {
      out.put("unrealisedPnl", directory.amountText(quoteId,
          positions.unrealisedUnits(account, instrumentId, referenceTicks)));
    }
    out.endItem();
  }

  private void books(final StateMachine state, final Filter filter) {
    out.beginArray("books");
    for (int n = 0; n < state.risk().instrumentCount(); n++) {
      final int id = state.risk().instrumentAt(n).id();
      final OrderBook book = state.book(id);
      if (null != book && (0 == filter.instrumentId() || id == filter.instrumentId())) {
        out.beginItem().put("instId", directory.instrumentName(id)).put("session", Words.word(state.session(id)));
        for (final PriceSource source : new PriceSource[] {PriceSource.LAST, PriceSource.MARK, PriceSource.INDEX}) {
          final long units = state.risk().marks().priceUnits(id, source);
          if (0 != units) {
            out.put(Words.word(source), directory.markText(id, units));
          }
        }
        depth("bids", book, id, Side.BUY, filter.depth());
        depth("asks", book, id, Side.SELL, filter.depth());
        out.endItem();
      }
    }
    out.endArray();
  }

  /** What is shown: neither hidden orders nor the reserve of an iceberg, nor a price that has nothing else. */
  private void depth(
      final String name, final OrderBook book, final int instrumentId, final Side side, final int depth) {
    out.beginArray(name);
    int priceTicks = book.nextLevel(side, 0);
    for (int left = depth; left > 0 && 0 != priceTicks;) {
      final long shownLots = book.shownLots(side, priceTicks);
      if (0 != shownLots) {
        out.item(directory.priceText(instrumentId, priceTicks), directory.sizeText(instrumentId, shownLots));
        left--;
      }
      priceTicks = book.nextLevel(side, priceTicks);
    }
    out.endArray();
  }

  private static boolean wants(final Filter filter, final long account) {
    return 0 == filter.account() || account == filter.account();
  }

  private static boolean wants(final Filter filter, final long account, final int instrumentId) {
    return wants(filter, account) && (0 == filter.instrumentId() || instrumentId == filter.instrumentId());
  }
}
