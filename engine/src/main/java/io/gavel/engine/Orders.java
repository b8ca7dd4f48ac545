package io.gavel.engine;

import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.sbe.AmendOrderEncoder;
import io.gavel.codecs.sbe.CancelAllAfterEncoder;
import io.gavel.codecs.sbe.CancelOnDisconnectEncoder;
import io.gavel.codecs.sbe.CancelOrderEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DisconnectEncoder;
import io.gavel.codecs.sbe.MassCancelEncoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.ring.CommandBatch;
import io.gavel.engine.ring.Ingress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Orders in the words of the trade. Every method answers a position in the ring, or a negative code; what does not
 * fit throws {@link RefusedException} before anything is sent. Any thread; takes a lock.
 */
public final class Orders extends Facade {

  /** Items that a batch can have. */
  public static final int BATCH_ITEMS_MAX = CommandBatch.ITEMS_MAX;

  private final PlaceOrderEncoder place = new PlaceOrderEncoder();
  private final CancelOrderEncoder cancel = new CancelOrderEncoder();
  private final MassCancelEncoder massCancel = new MassCancelEncoder();
  private final AmendOrderEncoder amend = new AmendOrderEncoder();
  private final CancelAllAfterEncoder cancelAllAfter = new CancelAllAfterEncoder();
  private final CancelOnDisconnectEncoder cancelOnDisconnect = new CancelOnDisconnectEncoder();
  private final DisconnectEncoder disconnect = new DisconnectEncoder();
  private final CommandBatch items = new CommandBatch();
  private boolean batching;

  Orders(final Directory directory, final Ingress ingress) {
    super(directory, ingress);
  }

  public synchronized long place(final Consumer<OrderTicket> fill) {
    encodePlace(fill);
    return ingress.offer();
  }

  /**
   * Up to {@link #BATCH_ITEMS_MAX} commands that enter the ring together, so that nobody else's comes between them: all
   * or none of them are sent, and each has its own answer, at the next sequence. An item that does not fit throws
   * {@link RefusedException} with its number, and nothing is sent; neither is anything when the ring lacks room.
   *
   * @return position in the ring of the last item, or a negative code
   */
  public synchronized long batch(final Consumer<OrderBatch> fill) {
    if (batching) {
      throw new IllegalStateException("a batch cannot hold another one");
    }
    final OrderBatch batch = new OrderBatch(this, ingress, items.clear());
    batching = true;
    try {
      fill.accept(batch);
    } finally {
      batching = false;
      batch.close();
    }
    if (0 == items.size()) {
      throw new RefusedException(ReasonCode.MALFORMED, "items", "", "is empty");
    }
    return ingress.offer(items);
  }

  void encodePlace(final Consumer<OrderTicket> fill) {
    final OrderTicket ticket = new OrderTicket();
    fill.accept(ticket);
    final long account = directory.requireAccount(ticket.acct);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(ticket.instId);
    final OrdType ordType = required(ticket.ordType, "ordType");
    final PlaceOrderEncoder command = ingress.begin(place);
    header(command.header(), account, ticket);
    command.instrumentId(instrument.id()).side(required(ticket.side, "side")).ordType(ordType)
        .timeInForce(OrdType.MARKET == ordType && TimeInForce.GTC == ticket.tif ? TimeInForce.IOC : ticket.tif)
        .stpMode(ticket.stpMode).postOnly(flag(ticket.postOnly)).hidden(flag(ticket.hidden))
        .reduceOnly(flag(ticket.reduceOnly)).positionSide(ticket.posSide)
        .protectionBps(ticket.protectionBps).expireTimeNs(ticket.expireTimeNs)
        .limitPriceTicks(ticks(instrument.tick(), ticket.px, "px"))
        .quantityLots(steps(instrument.lot(), ticket.sz, "sz"))
        .displayLots(steps(instrument.lot(), ticket.displaySz, "displaySz"));
    final Directory.AssetEntry quote = directory.asset(instrument.quoteAssetId());
    command.quoteAmountUnits(null == quote ? 0 : units(quote, ticket.quoteSz, "quoteSz"));
    text(command.clOrdId(), "clOrdId", ticket.clOrdId);
    ingress.intendedTimeNs(ticket.intendedTimeNs);
  }

  public synchronized long cancel(final Consumer<CancelTicket> fill) {
    encodeCancel(fill);
    return ingress.offer();
  }

  void encodeCancel(final Consumer<CancelTicket> fill) {
    final CancelTicket ticket = new CancelTicket();
    fill.accept(ticket);
    final CancelOrderEncoder command = ingress.begin(cancel);
    header(command.header(), directory.requireAccount(ticket.acct), ticket);
    command.orderId(ticket.engineId);
    text(command.clOrdId(), "clOrdId", ticket.clientId);
    ingress.intendedTimeNs(ticket.intendedTimeNs);
  }

  /** By the host's id. */
  public long cancel(final String acct, final String clOrdId) {
    return cancel(c -> c.acct(acct).clOrdId(clOrdId));
  }

  /** Orders, rules or both of one account; {@code instId} null: in all instruments. */
  public long cancelAll(final String acct, final @Nullable String instId, final CancelScope scope) {
    return cancelAll(c -> c.acct(acct), instId, scope);
  }

  /** As {@link #cancelAll(String, String, CancelScope)}, with what else a ticket can say. */
  public synchronized long cancelAll(
      final Consumer<CancelTicket> fill, final @Nullable String instId, final CancelScope scope) {
    final CancelTicket ticket = new CancelTicket();
    fill.accept(ticket);
    final int instrumentId = null == instId ? 0 : directory.requireInstrument(instId).id();
    final MassCancelEncoder command = ingress.begin(massCancel);
    header(command.header(), directory.requireAccount(ticket.acct), ticket);
    command.instrumentId(instrumentId).scope(scope);
    return ingress.intendedTimeNs(ticket.intendedTimeNs).offer();
  }

  /**
   * Dead-man timer: the account's orders are cancelled when {@code timeout} of engine time passes before this is asked
   * again; zero turns it off. Protective rules stay armed unless {@code scope} names them.
   */
  public long cancelAllAfter(final String acct, final Duration timeout, final CancelScope scope) {
    return cancelAllAfter(c -> c.acct(acct), timeout, scope);
  }

  /** As {@link #cancelAllAfter(String, Duration, CancelScope)}, with what else a ticket can say. */
  public synchronized long cancelAllAfter(
      final Consumer<CancelTicket> fill, final Duration timeout, final CancelScope scope) {
    final CancelTicket ticket = new CancelTicket();
    fill.accept(ticket);
    final CancelAllAfterEncoder command = ingress.begin(cancelAllAfter);
    header(command.header(), directory.requireAccount(ticket.acct), ticket);
    command.timeoutNs(nanos(timeout, ReasonCode.COUNTDOWN_OUT_OF_RANGE, "timeout")).scope(scope);
    return ingress.intendedTimeNs(ticket.intendedTimeNs).offer();
  }

  /** Cancels the account's orders when {@code sessionId} is lost; 0: when none is, any more. */
  public long cancelOnDisconnect(final String acct, final long sessionId, final CancelScope scope) {
    return cancelOnDisconnect(c -> c.acct(acct), sessionId, scope);
  }

  /** As {@link #cancelOnDisconnect(String, long, CancelScope)}, with what else a ticket can say. */
  public synchronized long cancelOnDisconnect(
      final Consumer<CancelTicket> fill, final long sessionId, final CancelScope scope) {
    final CancelTicket ticket = new CancelTicket();
    fill.accept(ticket);
    final CancelOnDisconnectEncoder command = ingress.begin(cancelOnDisconnect);
    header(command.header(), directory.requireAccount(ticket.acct), ticket);
    command.sessionId(sessionId).scope(scope);
    return ingress.intendedTimeNs(ticket.intendedTimeNs).offer();
  }

  /** The host lost a session: what is bound to it is cancelled; nothing need be. */
  public synchronized long disconnected(final long sessionId) {
    final DisconnectEncoder command = ingress.begin(disconnect);
    command.sessionId(sessionId);
    return ingress.offer();
  }

  public synchronized long amend(final Consumer<AmendTicket> fill) {
    encodeAmend(fill);
    return ingress.offer();
  }

  void encodeAmend(final Consumer<AmendTicket> fill) {
    final AmendTicket ticket = new AmendTicket();
    fill.accept(ticket);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(ticket.instId);
    final DecimalStep tick = instrument.tick();
    final AmendOrderEncoder command = ingress.begin(amend);
    header(command.header(), directory.requireAccount(ticket.acct), ticket);
    command.orderId(ticket.ordId).newQuantityLots(steps(instrument.lot(), ticket.newSz, "newSz"))
        .newLimitPriceTicks(ticks(tick, ticket.newPx, "newPx"));
    text(command.clOrdId(), "clOrdId", ticket.clOrdId);
    ingress.intendedTimeNs(ticket.intendedTimeNs);
  }
}
