package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AmendOrderEncoder;
import io.gavel.codecs.sbe.CancelOrderEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.MassCancelEncoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.Directory;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.core.StateMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders: place, cancel, cancel many, amend. */
final class OrderOps {

  private static final int BPS_MAX = 10_000;

  /** How people name what the schema says with type, time in force and a flag. */
  private enum Kind { MARKET, LIMIT, POST_ONLY, IOC, FOK }

  private static final Words<Kind> KINDS = Words.of(Kind.class);
  private static final Words<Side> SIDES = Words.of(Side.class);
  private static final Words<TimeInForce> TIMES_IN_FORCE = Words.of(TimeInForce.class);
  private static final Words<StpMode> STP_MODES = Words.of(StpMode.class);
  private static final Words<CancelScope> CANCEL_SCOPES = Words.of(CancelScope.class);

  private final PlaceOrderEncoder place = new PlaceOrderEncoder();
  private final CancelOrderEncoder cancel = new CancelOrderEncoder();
  private final MassCancelEncoder massCancel = new MassCancelEncoder();
  private final AmendOrderEncoder amend = new AmendOrderEncoder();

  List<Op> ops() {
    return List.of(
        new Op("order", this::place, "acct", "instId", "side", "ordType", "tif", "px", "sz", "quoteSz", "clOrdId",
            "stpMode", "protectionBps", "expireTime", "displaySz", "hidden", "reduceOnly",
            "posSide"),
        new Op("cancel", this::cancel, "acct", "instId", "ordId", "clOrdId"),
        new Op("mass-cancel", this::massCancel, "acct", "instId", "scope"),
        new Op("amend", this::amend, "acct", "instId", "ordId", "clOrdId", "newSz", "newPx"));
  }

  private void place(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final Kind kind = line.word("ordType", KINDS);
    final TimeInForce timeInForce = timeInForce(line, kind);
    final int priceTicks = scope.ticks(instrument, line, "px");
    final long lots = scope.lots(instrument, line, "sz");
    final long quoteUnits = scope.units(scope.quote(instrument, line), line, "quoteSz");
    final @Nullable String clOrdId = line.nameOrNull("clOrdId");
    final PlaceOrderEncoder command = scope.ingress().begin(place);
    scope.header(command.header(), account);
    command.instrumentId(instrument.id()).limitPriceTicks(priceTicks)
        .protectionBps(line.intOr("protectionBps", 0, BPS_MAX, 0)).side(line.word("side", SIDES))
        .ordType(Kind.MARKET == kind ? OrdType.MARKET : OrdType.LIMIT).timeInForce(timeInForce)
        .stpMode(line.wordOr("stpMode", STP_MODES, StpMode.CANCEL_TAKER))
        .postOnly(Kind.POST_ONLY == kind ? Flag.YES : Flag.NO).quantityLots(lots).quoteAmountUnits(quoteUnits)
        .expireTimeNs(line.timeOr("expireTime", 0)).displayLots(scope.lots(instrument, line, "displaySz"))
        .hidden(flag(line, "hidden")).reduceOnly(flag(line, "reduceOnly"))
        .positionSide(line.wordOr("posSide", MarginOps.SIDES, PositionSide.NET));
    CommandScope.text(command.clOrdId(), clOrdId);
  }

  private static Flag flag(final Fields line, final String field) throws LineFault {
    return line.has(field) && line.flag(field) ? Flag.YES : Flag.NO;
  }

  /** A kind that is a time in force by itself may only be said together with the same one. */
  private static TimeInForce timeInForce(final Fields line, final Kind kind) throws LineFault {
    final TimeInForce implied = switch (kind) {
      case MARKET, IOC -> TimeInForce.IOC;
      case FOK -> TimeInForce.FOK;
      case LIMIT, POST_ONLY -> TimeInForce.GTC;
    };
    final TimeInForce said = line.wordOr("tif", TIMES_IN_FORCE, implied);
    final boolean fixed = Kind.IOC == kind || Kind.FOK == kind;
    if (fixed && said != implied) {
      throw line.fault(ReasonCode.FLAGS_CONFLICT, "pipe.tifConflict", Words.word(said), Words.word(kind));
    }
    return said;
  }

  private void cancel(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long orderId = orderId(line, "ordId", "clOrdId");
    final @Nullable String clOrdId = line.nameOrNull("clOrdId");
    if (line.has("instId")) {
      checkInstrument(line, scope, slotOf(scope, account, orderId, clOrdId));
    }
    final CancelOrderEncoder command = scope.ingress().begin(cancel);
    scope.header(command.header(), account);
    command.orderId(orderId);
    CommandScope.text(command.clOrdId(), clOrdId);
  }

  private void massCancel(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final int instrumentId = line.has("instId") ? scope.instrument(line).id() : 0;
    final CancelScope which = line.wordOr("scope", CANCEL_SCOPES, CancelScope.ALL);
    final MassCancelEncoder command = scope.ingress().begin(massCancel);
    scope.header(command.header(), account);
    command.instrumentId(instrumentId).scope(which);
  }

  private void amend(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long orderId = orderId(line, "ordId", "clOrdId");
    final @Nullable String clOrdId = line.nameOrNull("clOrdId");
    final Directory.InstrumentEntry instrument =
        checkInstrument(line, scope, slotOf(scope, account, orderId, clOrdId));
    final long lots = scope.lots(instrument, line, "newSz");
    final int priceTicks = scope.ticks(instrument, line, "newPx");
    final AmendOrderEncoder command = scope.ingress().begin(amend);
    scope.header(command.header(), account);
    command.orderId(orderId).newQuantityLots(lots).newLimitPriceTicks(priceTicks);
    CommandScope.text(command.clOrdId(), clOrdId);
  }

  /** Exactly one of the two ids; 0 when it is the client's. */
  static long orderId(final Fields line, final String engineField, final String clientField) throws LineFault {
    if (1 != line.count(engineField, clientField)) {
      throw line.fault(ReasonCode.MALFORMED, "pipe.exactlyOne", engineField, clientField);
    }
    return line.wholeOr(engineField, 1, Long.MAX_VALUE, 0);
  }

  /** Instrument of the live order that is named, or 0. */
  private static int slotOf(
      final CommandScope scope, final long account, final long orderId, final @Nullable String clOrdId) {
    return scope.engine().ask(state -> {
      final long id = null == clOrdId ? orderId : liveId(state, account, clOrdId);
      final int slot = 0 == id ? OrderPool.NULL_SLOT : state.orderPool().slotOf(id);
      return OrderPool.NULL_SLOT == slot ? 0 : state.orders().instrumentId(slot);
    });
  }

  /** The live order or rule that a client id names, or 0. */
  static long liveId(final StateMachine state, final long account, final String clientId) {
    return state.idOf(account, Text32.word(clientId, 0), Text32.word(clientId, 1), Text32.word(clientId, 2),
        Text32.word(clientId, 3));
  }

  /** The instrument to read decimals by: as said, if so and it agrees with {@code found}, else the one found. */
  static Directory.InstrumentEntry checkInstrument(final Fields line, final CommandScope scope, final int found)
      throws LineFault {
    if (line.has("instId")) {
      final Directory.InstrumentEntry said = scope.instrument(line);
      if (0 != found && said.id() != found) {
        throw line.fault(ReasonCode.UNKNOWN_ORDER, "pipe.otherInstrument", scope.directory().instrumentName(found),
            said.symbol());
      }
      return said;
    }
    final Directory.InstrumentEntry entry = scope.directory().instrument(found);
    if (null == entry) {
      throw line.fault(ReasonCode.UNKNOWN_ORDER, "pipe.nothingLive");
    }
    return entry;
  }
}
