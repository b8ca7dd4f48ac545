package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.codecs.sbe.Side.SELL;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BOB;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.PAIR;
import static io.gavel.engine.core.Core.TAPE;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DegradedEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RedeemTokenEncoder;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import io.gavel.codecs.sbe.SetTokenEncoder;
import io.gavel.codecs.sbe.SettleInstrumentEncoder;
import io.gavel.codecs.sbe.SubscribeTokenEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Who may ask what, while commands need keys. */
class KeyTest {

  private static final int COMMANDS = Integer.getInteger("gavel.coreCommands", 6_000);

  /** Commands by name, and the scopes of which one is enough; a plus: both are needed. */
  private static final String SCOPES = """
      place            TRADE
      amend            TRADE
      cancel           TRADE CANCEL
      arm              RULES
      amendRule        RULES
      cancelRule       RULES CANCEL
      sweepOrders      TRADE CANCEL
      sweepRules       RULES CANCEL
      sweepAll         CANCEL TRADE+RULES
      countdown        TRADE CANCEL
      bind             CANCEL TRADE+RULES
      hold             WITHDRAW
      release          WITHDRAW SETTLE
      settle           SETTLE
      deposit          DEPOSIT
      price            PRICES
      print            PRICES
      quote            PRICES
      priceRule        OPERATOR
      funding          OPERATOR
      interest         OPERATOR
      time             OPERATOR
      asset            OPERATOR
      instrument       OPERATOR
      account          OPERATOR
      fees             OPERATOR
      limits           OPERATOR
      halt             OPERATOR
      degraded         OPERATOR
      session          OPERATOR
      guard            OPERATOR
      disconnect       OPERATOR
      grow             OPERATOR
      fund             OPERATOR
      liquidation      OPERATOR
      settleContract   OPERATOR
      token            OPERATOR
      subscribe        TRADE
      redeem           TRADE
      bust             OPERATOR
      adjustTrade      OPERATOR
      compensate       OPERATOR
      accountLimits    OPERATOR
      grant            SECURITY
      revoke           SECURITY
      security         SECURITY
      """;

  private final Map<String, Function<Core, ReasonCode>> commands = new LinkedHashMap<>();

  KeyTest() {
    commands.put("place", c -> c.limit(ALICE, BUY, 10, 1));
    commands.put("amend", c -> c.amend(ALICE, 1, 2, 0));
    commands.put("cancel", c -> c.cancel(ALICE, "a"));
    commands.put("arm", c -> c.arm(ALICE, new Core.RuleDraft()));
    commands.put("amendRule", c -> c.amendRule(ALICE, 1, r -> r.newQuantityLots(1)));
    commands.put("cancelRule", c -> c.cancelRule(ALICE, 1));
    commands.put("sweepOrders", c -> c.massCancel(ALICE, 0, CancelScope.ORDERS));
    commands.put("sweepRules", c -> c.massCancel(ALICE, 0, CancelScope.RULES));
    commands.put("sweepAll", c -> c.massCancel(ALICE, 0, CancelScope.ALL));
    commands.put("countdown", c -> c.cancelAllAfter(ALICE, 0, CancelScope.ORDERS));
    commands.put("bind", c -> c.cancelOnDisconnect(ALICE, 4, CancelScope.ALL));
    commands.put("hold", c -> c.hold(ALICE, USD, 1));
    commands.put("release", c -> c.release(ALICE, 9));
    commands.put("settle", c -> c.settle(ALICE, 9, 1));
    commands.put("deposit", c -> c.deposit(ALICE, USD, 1));
    commands.put("price", c -> c.price(PriceSource.MARK, 1_000));
    commands.put("print", c -> c.print(100, 1));
    commands.put("quote", c -> c.quote(1, 1_000));
    commands.put("priceRule", c -> c.priceRule(r -> { }));
    commands.put("funding", c -> c.funding(PAIR, f -> { }));
    commands.put("interest", c -> c.interest(1, i -> { }));
    commands.put("time", c -> c.send(new AdvanceTimeEncoder(), 0, t -> t.timeNs(0)));
    commands.put("asset", c -> c.asset(3, 0, "ETH"));
    commands.put("instrument", c -> c.instrument(2, 0, 0, FeeAsset.QUOTE));
    commands.put("account", c -> c.account(77, io.gavel.codecs.sbe.AccountKind.USER, "carol"));
    commands.put("fees", c -> c.fees(1, 2));
    commands.put("limits", c -> c.limits(0, 1, 0, 0, 0));
    commands.put("halt", c -> c.halt(HaltScope.ENGINE, 0, 0, true));
    commands.put("degraded", c -> c.degraded(false));
    commands.put("session", c -> c.session(SessionState.HALTED));
    commands.put("guard", c -> c.guard(100, 1, 1));
    commands.put("disconnect", c -> c.disconnect(5));
    commands.put("grow", c -> c.grow(1 << 17));
    commands.put("fund", c -> c.send(new FundHouseEncoder(), 0, f -> f.assetId(USD).amountUnits(1)));
    commands.put("liquidation", c -> c.send(new SetLiquidationEncoder(), 0, l -> l.instrumentId(1)));
    commands.put("settleContract", c -> c.send(new SettleInstrumentEncoder(), 0, s -> s.instrumentId(1).priceUnits(1)));
    commands.put("token", c -> c.send(new SetTokenEncoder(), 0, t -> t.instrumentId(1)));
    commands.put("subscribe", c -> c.send(new SubscribeTokenEncoder(), ALICE, t -> t.instrumentId(1).units(1)));
    commands.put("redeem", c -> c.send(new RedeemTokenEncoder(), ALICE, t -> t.instrumentId(1).units(1)));
    commands.put("bust", c -> new RemedyDesk(c).bust(1));
    commands.put("adjustTrade", c -> new RemedyDesk(c).adjust(1, 1, 1, a -> { }));
    commands.put("compensate", c -> new RemedyDesk(c).compensate(ALICE, 1, 1, 1, p -> { }));
    commands.put("accountLimits", c -> c.accountLimits(ALICE, l -> l.openOrdersMax(3)));
    commands.put("grant", c -> c.grant(8, 8, KeyScope.TRADE));
    commands.put("revoke", c -> c.revoke(3));
    commands.put("security", c -> c.security(true));
  }

  private static Core guarded() {
    final Core core = Core.spot();
    assertEquals(ReasonCode.OK, core.grant(1, 1, KeyScope.values()));
    assertEquals(ReasonCode.OK, core.grant(2, 2, KeyScope.SECURITY));
    assertEquals(ReasonCode.OK, core.security(true));
    return core.as(1);
  }

  private static Core keyed(final int scopes, final Consumer<GrantKeyEncoder> change) {
    final Core core = guarded();
    assertEquals(ReasonCode.OK, core.grant(3, 3, scopes, change));
    return core.as(3);
  }

  @Test
  void shouldNeedOneOfTheScopesInTheTableForEveryCommand() {
    final Map<String, String> table = new LinkedHashMap<>();
    SCOPES.lines().forEach(line -> table.put(line.split(" ", 2)[0], line.split(" ", 2)[1].trim()));
    assertEquals(table.keySet(), commands.keySet());
    final Core core = guarded();
    for (int scopes = 1; scopes <= KeyScope.ALL_BITS; scopes++) {
      core.as(1).grant(3, 3, scopes, g -> { });
      for (final Map.Entry<String, Function<Core, ReasonCode>> command : commands.entrySet()) {
        final boolean allowed = isAllowed(table.get(command.getKey()), scopes);
        final ReasonCode code = command.getValue().apply(core.as(3));
        assertEquals(allowed, ReasonCode.SCOPE_MISSING != code && ReasonCode.NOT_AUTHORISED != code,
            command.getKey() + " with scopes " + Integer.toBinaryString(scopes) + " answered " + code);
        core.events.clear();
        if ("revoke".equals(command.getKey()) && allowed) {
          core.as(1).grant(3, 3, scopes, g -> { });
        }
        if ("session".equals(command.getKey()) || "halt".equals(command.getKey())) {
          core.as(1).session(SessionState.CONTINUOUS);
          core.halt(HaltScope.ENGINE, 0, 0, false);
        }
      }
    }
  }

  @Test
  void shouldNeedTheHighestScopeForWhatNobodyListed() {
    final Core core = keyed(KeyScope.ALL_BITS & ~KeyScope.SECURITY.bit(), g -> { });
    assertEquals(ReasonCode.SCOPE_MISSING, core.quarantine(1), "recovery's own, from a session");
    for (final int templateId : new int[] {0, 31, 64, 999, 65_535}) {
      assertEquals(KeyScope.SECURITY.bit(), CommandScopes.scopes(templateId), "template " + templateId);
      assertEquals(CommandScopes.ALL, CommandScopes.instrument(templateId), "template " + templateId);
    }
    assertEquals(ReasonCode.NOT_AUTHORISED, core.as(0).quarantine(1));
    assertNotEquals(ReasonCode.NOT_AUTHORISED, core.flagged(FrameDescriptor.FLAG_OWN).quarantine(1));
  }

  private static boolean isAllowed(final String needed, final int scopes) {
    for (final String alternative : needed.split(" ", -1)) {
      int bits = 0;
      for (final String scope : alternative.split("\\+", -1)) {
        bits |= KeyScope.valueOf(scope).bit();
      }
      if (bits == (scopes & bits)) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldNeitherTakeARoomNorANumberOfASessionFromWhoHasNoKey() {
    final Core core = guarded();
    final List<String> before = answerWindow(core);
    for (int session = 100; session < 400; session++) {
      assertEquals(ReasonCode.NOT_AUTHORISED, core.as(session).limit(ALICE, BUY, 1, 1));
    }
    assertEquals(before, answerWindow(core), "the answer window knows no session more");
    assertEquals(ReasonCode.NOT_AUTHORISED, core.as(0).limit(ALICE, BUY, 1, 1));

    assertEquals(ReasonCode.OK, core.as(1).grant(399, 5, KeyScope.TRADE));
    assertEquals(ReasonCode.OK, core.as(399).limit(ALICE, BUY, 1, 1));
  }

  private static List<String> answerWindow(final Core core) {
    return core.controlState().stream().filter(line -> line.startsWith("2 ")).toList();
  }

  @Test
  void shouldNotMoveASessionOnForAFrameThatItsKeyDidNotSign() {
    final byte[] tail = new byte[FrameDescriptor.SIGNED_TAIL_LENGTH];
    tail[0] = 5;
    tail[31] = (byte) 0x80;
    final Core core = keyed(KeyScope.TRADE.bit(), g -> g.publicKey().w0(5).w3(Long.MIN_VALUE));
    assertEquals(ReasonCode.SIGNATURE_REQUIRED, core.limit(ALICE, BUY, 1, 1));
    assertEquals(ReasonCode.OK, core.flagged(FrameDescriptor.FLAG_SIGNED, tail).limit(ALICE, BUY, 1, 1));
    for (int word = 0; word < 32; word += 8) {
      final byte[] other = tail.clone();
      other[word] ^= 1;
      assertEquals(ReasonCode.SIGNATURE_REQUIRED,
          core.flagged(FrameDescriptor.FLAG_SIGNED, other).limit(ALICE, BUY, 1, 1));
      assertEquals(ReasonCode.SIGNATURE_REQUIRED, core.flagged(0, tail).limit(ALICE, BUY, 1, 1), "no flag");
    }
    assertEquals(ReasonCode.OK, core.flagged(FrameDescriptor.FLAG_SIGNED, tail).limit(ALICE, BUY, 1, 1));
  }

  @Test
  void shouldAnswerAGapWithTheNumberThatWasExpected() {
    final Core core = Core.spot();
    core.send(new AdvanceTimeEncoder(), 0, 5, 7, 0, t -> t.timeNs(0));
    assertEquals(ReasonCode.SESSION_SEQUENCE_GAP, core.send(new AdvanceTimeEncoder(), 0, 5, 9, 0, t -> t.timeNs(0)));
    assertTrue(core.events.get(core.events.size() - 1).endsWith(" id=8"), core.events.toString());
    assertEquals(ReasonCode.SESSION_SEQUENCE_GAP, core.send(new AdvanceTimeEncoder(), 0, 6, 0, 0, t -> t.timeNs(0)));
    assertTrue(core.events.get(core.events.size() - 1).endsWith(" id=1"), core.events.toString());
  }

  @Test
  void shouldRepeatTheAnswerOfADuplicateAndRefuseItOnceTheKeyIsGone() {
    final Core core = keyed(KeyScope.TRADE.bit(), g -> { });
    final Function<Core, ReasonCode> order = c -> c.send(new io.gavel.codecs.sbe.CancelOrderEncoder(), ALICE, 3, 1, 0,
        e -> e.orderId(99));
    assertEquals(ReasonCode.UNKNOWN_ORDER, order.apply(core));
    assertEquals(ReasonCode.UNKNOWN_ORDER, order.apply(core));
    assertEquals(ReasonCode.OK, core.as(1).revoke(3));
    assertEquals(ReasonCode.NOT_AUTHORISED, order.apply(core));
  }

  @Test
  void shouldTakeWhatTheShellMadeItselfWithoutAKey() {
    final Core core = guarded().as(0);
    assertEquals(ReasonCode.NOT_AUTHORISED, core.degraded(true));
    assertEquals(ReasonCode.OK, core.flagged(FrameDescriptor.FLAG_OWN).degraded(true));
    assertEquals(ReasonCode.OK, core.send(new DegradedEncoder(), 0, d -> d.on(Flag.NO)));
  }

  @Test
  void shouldHoldAKeyToItsAccountsAndInstruments() {
    final Core core = guarded();
    core.instrument(2, 0, 0, FeeAsset.QUOTE);
    core.limit(ALICE, BUY, 10, 1, "one");
    core.order(ALICE, BUY, 10, 1, c -> {
      c.instrumentId(2);
      Core.put(c.clOrdId(), "two");
    });
    core.grant(3, 3, KeyScope.ALL_BITS & ~KeyScope.SECURITY.bit(), g -> {
      g.accounts().v2(ALICE).v6(TAPE);
      g.instruments().v1(PAIR);
    });
    core.as(3);

    assertEquals(ReasonCode.KEY_ACCOUNT_NOT_ALLOWED, core.limit(BOB, BUY, 10, 1));
    assertEquals(ReasonCode.KEY_ACCOUNT_NOT_ALLOWED, core.hold(BOB, BTC, 1));
    assertEquals(ReasonCode.KEY_ACCOUNT_NOT_ALLOWED, core.price(PriceSource.MARK, 10), "a mark is the house's");
    assertEquals(ReasonCode.KEY_ACCOUNT_NOT_ALLOWED, core.halt(HaltScope.ENGINE, 0, 0, true));
    assertEquals(ReasonCode.OK, core.hold(ALICE, BTC, 1), "money is about no instrument");
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 10, 1));
    assertEquals(ReasonCode.KEY_INSTRUMENT_NOT_ALLOWED, core.order(ALICE, BUY, 10, 1, c -> c.instrumentId(2)));
    assertEquals(ReasonCode.KEY_INSTRUMENT_NOT_ALLOWED, core.massCancel(ALICE, 0, CancelScope.ORDERS));
    assertEquals(ReasonCode.KEY_INSTRUMENT_NOT_ALLOWED, core.cancelAllAfter(ALICE, 0, CancelScope.ORDERS));
    assertEquals(ReasonCode.KEY_INSTRUMENT_NOT_ALLOWED, core.cancel(ALICE, "two"));
    assertEquals(ReasonCode.OK, core.cancel(ALICE, "one"));
    assertEquals(ReasonCode.UNKNOWN_ORDER, core.cancel(ALICE, "one"));
    assertEquals(ReasonCode.OK, core.massCancel(ALICE, PAIR, CancelScope.ORDERS));
  }

  @Test
  void shouldMeasureACommandByTheMostItCanMove() {
    final Core core = keyed(KeyScope.bits(KeyScope.TRADE, KeyScope.WITHDRAW, KeyScope.DEPOSIT),
        g -> g.notionalAssetId(USD).commandMaxUnits(1_000));
    assertEquals(ReasonCode.OK, core.limit(ALICE, BUY, 10, 100, "full"));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.limit(ALICE, BUY, 10, 101));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.amend(ALICE, 1, 101, 0));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.amend(ALICE, 1, 0, 11));
    assertEquals(ReasonCode.OK, core.amend(ALICE, 1, 50, 20));
    // A bid of 20: a sale at 1 brings 20 apiece all the same.
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.limit(BOB, SELL, 1, 51));
    assertEquals(ReasonCode.NO_REFERENCE_PRICE, core.market(ALICE, BUY, 1));
    core.as(1).price(PriceSource.MARK, 1_000);
    core.as(3);
    // 100 with a protection of 10 %.
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.market(ALICE, BUY, 10));
    assertNotEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.market(ALICE, BUY, 9));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.limit(BOB, SELL, 1, 11), "the mark of 100 counts");
    assertEquals(ReasonCode.NOTIONAL_OVERFLOW, core.limit(ALICE, BUY, 1_000_000_000, Long.MAX_VALUE));
    assertEquals(ReasonCode.OK, core.hold(ALICE, USD, 1_000));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.hold(ALICE, USD, 1_001));
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.hold(ALICE, BTC, 1), "an asset that is not counted");
    assertEquals(ReasonCode.KEY_NOTIONAL_ABOVE_MAX, core.deposit(ALICE, USD, 1_001));
  }

  @Test
  void shouldCountAWindowAndForgetItWhenItIsOver() {
    final Core core = keyed(KeyScope.WITHDRAW.bit(), g -> g.notionalAssetId(USD).windowMaxUnits(100).windowNs(50));
    assertEquals(ReasonCode.OK, core.at(10).hold(ALICE, USD, 60));
    assertEquals(ReasonCode.KEY_WINDOW_ABOVE_MAX, core.at(59).hold(ALICE, USD, 41));
    core.restart();
    assertEquals(ReasonCode.OK, core.hold(ALICE, USD, 40), "what was refused counts nothing");
    assertEquals(ReasonCode.KEY_WINDOW_ABOVE_MAX, core.hold(ALICE, USD, 1));
    assertEquals(ReasonCode.OK, core.at(60).hold(ALICE, USD, 100));
  }

  @Test
  void shouldGiveTokensAtTheRateOfAKeyWhateverIsRefusedBetween() {
    final Core core = keyed(KeyScope.TRADE.bit(), g -> g.ratePerSecond(4).rateBurst(3));
    final SplittableRandom random = new SplittableRandom(7);
    long nowNs = 1_000_000_000_000L;
    long tokenParts = 3_000_000_000L;
    long refilledNs = nowNs;
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      nowNs += random.nextLong(400_000_000L);
      // A token is a second's worth of parts, and a nanosecond brings four of them.
      tokenParts = Math.min(3_000_000_000L, tokenParts + 4 * (nowNs - refilledNs));
      refilledNs = nowNs;
      final boolean granted = tokenParts >= 1_000_000_000L;
      tokenParts -= granted ? 1_000_000_000L : 0;
      refused += granted ? 0 : 1;
      assertEquals(granted ? ReasonCode.OK : ReasonCode.KEY_RATE_LIMITED, core.at(nowNs).limit(ALICE, BUY, 1, 1),
          "command " + i);
      assertEquals(ReasonCode.SCOPE_MISSING, core.price(PriceSource.MARK, 1_000), "costs nothing");
      assertEquals(ReasonCode.UNKNOWN_ORDER, core.cancel(ALICE, "none"), "cancels are free");
    }
    assertTrue(refused > 50, "refused " + refused);
  }

  @Test
  void shouldCountACommandForItsOwnKeyAlsoWhenItMovesTheKeys() {
    final Core core = guarded();
    core.grant(3, 3, KeyScope.TRADE);
    core.grant(4, 4, KeyScope.SECURITY.bit(), g -> g.ratePerSecond(1));
    core.grant(5, 5, KeyScope.TRADE.bit(), g -> g.ratePerSecond(1));
    assertEquals(ReasonCode.OK, core.as(4).revoke(3), "the rows behind it move up");
    assertEquals(ReasonCode.KEY_RATE_LIMITED, core.revoke(2));
    assertEquals(ReasonCode.OK, core.as(5).limit(ALICE, BUY, 1, 1), "not counted for the neighbour");
    assertEquals(ReasonCode.OK, core.at(1_000_000_000L).as(4).revoke(4), "a key may take itself away");
    assertEquals(ReasonCode.NOT_AUTHORISED, core.revoke(2));
  }

  @Test
  void shouldKeepGuardiansOfTheKeysWhateverIsAsked() {
    final Core core = Core.spot();
    assertEquals(ReasonCode.OK, core.grant(1, 1, KeyScope.SECURITY.bit(), g -> g.expiryTimeNs(9)));
    assertEquals(ReasonCode.KEY_LAST, core.security(true), "a guardian whose key expires guards nothing");
    assertEquals(ReasonCode.OK, core.grant(1, 1, KeyScope.SECURITY));
    assertEquals(ReasonCode.OK, core.security(true));
    core.as(1);
    assertEquals(ReasonCode.KEY_LAST, core.revoke(1));
    assertEquals(ReasonCode.KEY_LAST, core.grant(1, 1, KeyScope.TRADE));
    assertEquals(ReasonCode.KEY_LAST, core.dual(0, 5, GrantKeyEncoder.TEMPLATE_ID), "one person cannot be two");
    assertEquals(ReasonCode.OK, core.grant(2, 1, KeyScope.SECURITY));
    assertEquals(ReasonCode.KEY_LAST, core.dual(0, 5, GrantKeyEncoder.TEMPLATE_ID), "nor with two sessions");
    assertEquals(ReasonCode.OK, core.revoke(1));
    assertEquals(ReasonCode.NOT_AUTHORISED, core.security(true));
    assertEquals(ReasonCode.OK, core.as(2).security(false));
    assertEquals(ReasonCode.OK, core.as(0).limit(ALICE, BUY, 1, 1), "off again: nobody needs a key");
  }

  @Test
  void shouldLeaveTheStateAsItWasWhenKeysComeAndGoAgain() {
    final Core core = Core.spot();
    final List<String> before = core.state();
    core.grant(1, 1, KeyScope.SECURITY);
    core.grant(2, 2, KeyScope.SECURITY);
    core.security(true);
    core.as(2).revoke(1);
    core.security(false);
    core.as(0).revoke(2);

    assertEquals(before, core.state());
  }

  @Test
  void shouldGoOnAfterARestartAsIfNothingHadHappened() {
    final Map<ReasonCode, Integer> answers = new LinkedHashMap<>();
    for (long seed = 1; seed <= 4; seed++) {
      compareWithRestarts(seed, answers);
    }
    for (final ReasonCode code : List.of(ReasonCode.OK, ReasonCode.NOT_AUTHORISED, ReasonCode.SCOPE_MISSING,
        ReasonCode.KEY_EXPIRED, ReasonCode.KEY_ACCOUNT_NOT_ALLOWED, ReasonCode.KEY_INSTRUMENT_NOT_ALLOWED,
        ReasonCode.KEY_NOTIONAL_ABOVE_MAX, ReasonCode.KEY_WINDOW_ABOVE_MAX, ReasonCode.KEY_RATE_LIMITED,
        ReasonCode.SAME_PRINCIPAL, ReasonCode.UNKNOWN_PROPOSAL, ReasonCode.UNKNOWN_KEY)) {
      assertTrue(answers.getOrDefault(code, 0) > 0, code + " among " + answers);
    }
  }

  private static void compareWithRestarts(final long seed, final Map<ReasonCode, Integer> answers) {
    System.out.println("guarded seed " + seed);
    final Core live = Core.spot(Core.small(), 50_000, 100_000, FeeAsset.QUOTE);
    final Core restarted = Core.spot(Core.small(), 50_000, 100_000, FeeAsset.QUOTE);
    final GuardedTraffic first = new GuardedTraffic(seed, live);
    final GuardedTraffic second = new GuardedTraffic(seed, restarted);
    for (int i = 0; i < COMMANDS; i++) {
      final ReasonCode code = first.next(live);
      answers.merge(code, 1, Integer::sum);
      assertEquals(code, second.next(restarted), "command " + i);
      assertEquals(live.take(), restarted.take(), "events of command " + i);
      if (0 == i % 97) {
        restarted.restart();
        assertEquals(live.state(), restarted.state(), "state after command " + i);
      }
    }
    assertEquals(live.state(), restarted.state());
  }
}
