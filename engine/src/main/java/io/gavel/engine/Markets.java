package io.gavel.engine;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetSessionEncoder;
import io.gavel.codecs.sbe.SetVolatilityGuardEncoder;
import io.gavel.engine.ring.Ingress;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Opens, calls, interrupts and closes markets. Every method answers a position in the ring, or a negative code; what
 * does not fit throws {@link RefusedException} before anything is sent. Any thread; takes a lock.
 */
public final class Markets extends Facade {

  private final SetSessionEncoder session = new SetSessionEncoder();
  private final SetVolatilityGuardEncoder guard = new SetVolatilityGuardEncoder();

  Markets(final Directory directory, final Ingress ingress) {
    super(directory, ingress);
  }

  /** Moves the market of {@code instId} to {@code state}; into trading by way of an uncrossing, whatever it was. */
  public long session(final String instId, final SessionState state) {
    return session(instId, state, 0);
  }

  /** As {@link #session(String, SessionState)}; {@code reqId} is echoed in the answer. */
  public synchronized long session(final String instId, final SessionState state, final long reqId) {
    final SetSessionEncoder command = ingress.begin(session);
    command.header().correlationId(reqId);
    command.instrumentId(directory.requireInstrument(instId).id()).state(state).nextState(SessionState.CONTINUOUS)
        .callEndTimeNs(0).referenceTicks(0);
    return ingress.offer();
  }

  /** Calls an auction. */
  public synchronized long auction(final String instId, final Consumer<AuctionTicket> fill) {
    final AuctionTicket ticket = new AuctionTicket();
    fill.accept(ticket);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final SetSessionEncoder command = ingress.begin(session);
    command.header().correlationId(ticket.reqId);
    command.instrumentId(instrument.id()).state(SessionState.AUCTION).nextState(ticket.next)
        .callEndTimeNs(ticket.untilTimeNs)
        .referenceTicks(ticks(instrument.tick(), ticket.referencePx, "referencePx"));
    return ingress.offer();
  }

  /** No guard any more. */
  public long noVolatilityGuard(final String instId) {
    return volatilityGuard(instId, 0, Duration.ZERO, Duration.ZERO);
  }

  /**
   * No trade further than {@code bandBps} (in 1/10,000) from the guard's reference: an auction interrupts.
   *
   * @param call    length of the call phase, and of its one extension
   * @param horizon age at which the reference gives way to the next trade
   */
  public synchronized long volatilityGuard(
      final String instId, final int bandBps, final Duration call, final Duration horizon) {
    final SetVolatilityGuardEncoder command = ingress.begin(guard);
    command.instrumentId(directory.requireInstrument(instId).id()).bandBps(bandBps)
        .callNs(nanos(call, ReasonCode.GUARD_INVALID, "call"))
        .horizonNs(nanos(horizon, ReasonCode.GUARD_INVALID, "horizon"));
    return ingress.offer();
  }
}
