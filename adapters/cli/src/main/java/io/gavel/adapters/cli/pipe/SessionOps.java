package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.CancelAllAfterEncoder;
import io.gavel.codecs.sbe.CancelOnDisconnectEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DisconnectEncoder;
import io.gavel.codecs.sbe.GrowCapacityEncoder;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetAccountLimitsEncoder;
import io.gavel.codecs.sbe.SetSessionEncoder;
import io.gavel.codecs.sbe.SetVolatilityGuardEncoder;
import io.gavel.engine.Directory;
import java.util.List;

/** Markets that open, call, halt and close, the guard against jumps, cancels for those who are gone, and limits. */
final class SessionOps {

  private static final int BPS_MAX = 10_000;
  private static final int RATE_MAX = 1_000_000;
  private static final Words<SessionState> STATES =
      Words.of(SessionState.class, state -> SessionState.AUCTION != state);
  private static final Words<SessionState> NEXT_STATES = Words.of(
      SessionState.class, state -> SessionState.AUCTION != state && SessionState.PRE_OPEN != state);
  private static final Words<CancelScope> CANCEL_SCOPES = Words.of(CancelScope.class);

  private final SetSessionEncoder session = new SetSessionEncoder();
  private final SetVolatilityGuardEncoder guard = new SetVolatilityGuardEncoder();
  private final CancelAllAfterEncoder countdown = new CancelAllAfterEncoder();
  private final CancelOnDisconnectEncoder bind = new CancelOnDisconnectEncoder();
  private final DisconnectEncoder disconnect = new DisconnectEncoder();
  private final SetAccountLimitsEncoder accountLimits = new SetAccountLimitsEncoder();
  private final GrowCapacityEncoder grow = new GrowCapacityEncoder();

  List<Op> ops() {
    return List.of(
        new Op("session", this::session, "instId", "state"),
        new Op("auction", this::auction, "instId", "until", "referencePx", "next"),
        new Op("volatility-guard", this::guard, "instId", "bandBps", "callSec", "horizonSec"),
        new Op("cancel-all-after", this::countdown, "acct", "timeoutSec", "scope"),
        new Op("cancel-on-disconnect", this::bind, "acct", "boundSessionId", "scope"),
        new Op("disconnect", this::disconnect, "lostSessionId"),
        new Op("account-limits", this::accountLimits, "acct", "openOrdersMax", "openRulesMax", "ratePerSecond",
            "rateBurst", "stpGroup"),
        new Op("grow-orders", this::grow, "ordersMax"), new Op("keep-trades", this::keep, "count"));
  }

  private void session(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final SessionState state = line.word("state", STATES);
    final SetSessionEncoder command = scope.ingress().begin(session);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).state(state).nextState(SessionState.CONTINUOUS).callEndTimeNs(0)
        .referenceTicks(0);
  }

  private void auction(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final int referenceTicks = scope.ticks(instrument, line, "referencePx");
    final SetSessionEncoder command = scope.ingress().begin(session);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).state(SessionState.AUCTION)
        .nextState(line.wordOr("next", NEXT_STATES, SessionState.CONTINUOUS))
        .callEndTimeNs(line.timeOr("until", 0)).referenceTicks(referenceTicks);
  }

  private void guard(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final long callNs = scope.durationNs(line, "callSec");
    final long horizonNs = scope.durationNs(line, "horizonSec");
    final SetVolatilityGuardEncoder command = scope.ingress().begin(guard);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).bandBps((int) line.whole("bandBps", 0, BPS_MAX)).callNs(callNs)
        .horizonNs(horizonNs);
  }

  private void countdown(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    line.decimal("timeoutSec");
    final long timeoutNs = scope.durationNs(line, "timeoutSec");
    final CancelAllAfterEncoder command = scope.ingress().begin(countdown);
    scope.header(command.header(), account);
    command.timeoutNs(timeoutNs).scope(line.wordOr("scope", CANCEL_SCOPES, CancelScope.ORDERS));
  }

  private void bind(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long sessionId = line.whole("boundSessionId", 0, Long.MAX_VALUE);
    final CancelOnDisconnectEncoder command = scope.ingress().begin(bind);
    scope.header(command.header(), account);
    command.sessionId(sessionId).scope(line.wordOr("scope", CANCEL_SCOPES, CancelScope.ORDERS));
  }

  private void disconnect(final Fields line, final CommandScope scope) throws LineFault {
    final long sessionId = line.whole("lostSessionId", 1, Long.MAX_VALUE);
    final DisconnectEncoder command = scope.ingress().begin(disconnect);
    scope.header(command.header(), 0);
    command.sessionId(sessionId);
  }

  private void accountLimits(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final SetAccountLimitsEncoder command = scope.ingress().begin(accountLimits);
    scope.header(command.header(), account);
    command.openOrdersMax(line.intOr("openOrdersMax", 0, Integer.MAX_VALUE, 0))
        .openRulesMax(line.intOr("openRulesMax", 0, Integer.MAX_VALUE, 0))
        .ratePerSecond(line.intOr("ratePerSecond", 0, RATE_MAX, 0)).rateBurst(line.intOr("rateBurst", 0, RATE_MAX, 0))
        .stpGroup(line.wholeOr("stpGroup", 0, Long.MAX_VALUE, 0));
  }

  private void grow(final Fields line, final CommandScope scope) throws LineFault {
    final int ordersMax = (int) line.whole("ordersMax", 1, Integer.MAX_VALUE);
    final GrowCapacityEncoder command = scope.ingress().begin(grow);
    scope.header(command.header(), 0);
    command.ordersMax(ordersMax).tradesKept(0);
  }

  private void keep(final Fields line, final CommandScope scope) throws LineFault {
    final int count = (int) line.whole("count", 1, Integer.MAX_VALUE);
    final GrowCapacityEncoder command = scope.ingress().begin(grow);
    scope.header(command.header(), 0);
    command.ordersMax(0).tradesKept(count);
  }
}
