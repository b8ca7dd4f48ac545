package io.gavel.engine.core;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.AmendOrderEncoder;
import io.gavel.codecs.sbe.AmendRuleEncoder;
import io.gavel.codecs.sbe.ApproveEncoder;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CancelAllAfterEncoder;
import io.gavel.codecs.sbe.CancelOnDisconnectEncoder;
import io.gavel.codecs.sbe.CancelOrderEncoder;
import io.gavel.codecs.sbe.CancelRuleEncoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.CreateAccountEncoder;
import io.gavel.codecs.sbe.CreateAssetEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DegradedEncoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.DisconnectEncoder;
import io.gavel.codecs.sbe.EngineConfigEncoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.GrowCapacityEncoder;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.HoldFundsEncoder;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.MassCancelEncoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.PoolKind;
import io.gavel.codecs.sbe.PriceQuoteEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.QuarantineEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldEncoder;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.ReviewEncoder;
import io.gavel.codecs.sbe.RevokeKeyEncoder;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SelfExcludeEncoder;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetAccountLimitsEncoder;
import io.gavel.codecs.sbe.SetAccountProfileEncoder;
import io.gavel.codecs.sbe.SetFeesEncoder;
import io.gavel.codecs.sbe.SetFundingEncoder;
import io.gavel.codecs.sbe.SetHaltEncoder;
import io.gavel.codecs.sbe.SetInterestEncoder;
import io.gavel.codecs.sbe.SetLimitsEncoder;
import io.gavel.codecs.sbe.SetPoolEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.SetPriceRuleEncoder;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.SetSecurityEncoder;
import io.gavel.codecs.sbe.SetSessionEncoder;
import io.gavel.codecs.sbe.SetSignalEncoder;
import io.gavel.codecs.sbe.SetVolatilityGuardEncoder;
import io.gavel.codecs.sbe.SettleHoldEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TapePrintEncoder;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.jspecify.annotations.Nullable;

/** A state machine with a hand to type commands and eyes to read events; the tests' way in. */
final class Core {

  static final long ALICE = 1;
  static final long BOB = 2;
  static final long TAPE = 9;
  static final int BTC = 1;
  static final int USD = 2;
  static final int PAIR = 1;
  static final long E8 = 100_000_000L;

  final CoreConfig config;
  StateMachine machine;
  final List<String> events = new ArrayList<>();
  final List<Long> eventTimesNs = new ArrayList<>();
  private final EventText text = new EventText();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final FrameFlyweight frame = new FrameFlyweight();
  private List<String> stateBefore = List.of();
  private boolean watching;
  private boolean passingOver;
  private boolean addingUp = true;
  private long sequence;
  private long timeNs;

  private final @Nullable List<byte[]> recording;
  private static final Set<ReasonCode> UNREMEMBERED = EnumSet.of(ReasonCode.NOT_AUTHORISED, ReasonCode.KEY_EXPIRED,
      ReasonCode.SIGNATURE_REQUIRED, ReasonCode.CAPACITY_SESSIONS, ReasonCode.SESSION_SEQUENCE_GAP);
  private final Map<Long, Long> numbers = new HashMap<>();
  private long asSession;
  private int flags;
  private byte[] tail = {};

  Core(final CoreConfig config) {
    this(config, null);
  }

  /** Keeps every frame it sends. */
  static Core recording(final CoreConfig config, final List<byte[]> frames) {
    return new Core(config, frames);
  }

  private Core(final CoreConfig config, final @Nullable List<byte[]> recording) {
    this.config = config;
    this.recording = recording;
    machine = new StateMachine(config);
    send(new EngineConfigEncoder(), 0, config::encode);
    events.clear();
  }

  static CoreConfig small() {
    return CoreConfig.standard().withCapacities(64, 1024, 256, 256);
  }

  /** BTC-USD with a tick and a lot of one unit each way: notional = price x lots, so numbers can be read. */
  static Core spot() {
    return spot(small(), 0, 0, FeeAsset.QUOTE);
  }

  static Core spot(final CoreConfig config, final int makerFeeE8, final int takerFeeE8, final FeeAsset feeAsset) {
    final Core core = new Core(config);
    core.openSpot(makerFeeE8, takerFeeE8, feeAsset);
    return core;
  }

  void openSpot(final int makerFeeE8, final int takerFeeE8, final FeeAsset feeAsset) {
    asset(BTC, 0, "BTC");
    asset(USD, 0, "USD");
    instrument(PAIR, makerFeeE8, takerFeeE8, feeAsset);
    account(ALICE, AccountKind.USER, "alice");
    account(BOB, AccountKind.USER, "bob");
    account(TAPE, AccountKind.TAPE, "tape");
    for (final long account : new long[] {ALICE, BOB, TAPE}) {
      deposit(account, BTC, 1_000_000);
      deposit(account, USD, 1_000_000_000);
    }
    events.clear();
  }

  Core at(final long toTimeNs) {
    timeNs = toTimeNs;
    return this;
  }

  long timeNs() {
    return timeNs;
  }

  <E extends MessageEncoderFlyweight> ReasonCode send(final E encoder, final long account, final Consumer<E> body) {
    if (0 == asSession) {
      return send(encoder, account, 0, 0, 0, body);
    }
    final long number = numbers.getOrDefault(asSession, 0L) + 1;
    final ReasonCode code = send(encoder, account, asSession, number, 0, body);
    if (!UNREMEMBERED.contains(code)) {
      numbers.put(asSession, number);
    }
    return code;
  }

  /** From now on commands that say nothing else come from this session, numbered; 0: from none. */
  Core as(final long sessionId) {
    asSession = sessionId;
    return this;
  }

  /** Frames to come carry these flags and this tail, as an ingress would have stamped them. */
  Core flagged(final int newFlags, final byte... newTail) {
    flags = newFlags;
    tail = newTail;
    return this;
  }

  /** Stamps and applies one command; answers its code. */
  <E extends MessageEncoderFlyweight> ReasonCode send(final E encoder, final long account, final long sessionId,
      final long sessionSequence, final long expiryTimeNs, final Consumer<E> body) {
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    encoder.wrap(buffer, FrameDescriptor.HEADER_LENGTH);
    new CommandHeaderEncoder().wrap(buffer, FrameDescriptor.HEADER_LENGTH).sessionId(sessionId)
        .sessionSequence(sessionSequence).correlationId(0).account(account).expiryTimeNs(expiryTimeNs);
    body.accept(encoder);
    frame.wrap(buffer, 0).begin(encoder.sbeSchemaId(), encoder.sbeTemplateId(), encoder.sbeSchemaVersion(),
        encoder.sbeBlockLength(), encoder.encodedLength());
    frame.sequence(++sequence).engineTimeNs(timeNs).intendedTimeNs(timeNs).flags(flags);
    buffer.putBytes(frame.length(), tail);
    buffer.putInt(FrameDescriptor.LENGTH_OFFSET, frame.length() + tail.length, java.nio.ByteOrder.LITTLE_ENDIAN);
    if (null != recording) {
      final byte[] bytes = new byte[frame.length()];
      buffer.getBytes(0, bytes);
      recording.add(bytes);
    }
    return apply();
  }

  /** The next command is one that a quarantine names. */
  Core passOver() {
    passingOver = true;
    return this;
  }

  /** From now on nobody adds everything up after each command: for houses with many accounts. */
  Core large() {
    addingUp = false;
    return this;
  }

  /** From now on remembers the business state as it was before each command. */
  void watch() {
    watching = true;
  }

  List<String> stateBefore() {
    return stateBefore;
  }

  private ReasonCode apply() {
    stateBefore = watching ? state() : List.of();
    boolean done = passingOver ? machine.passOver(buffer, 0) : machine.apply(buffer, 0);
    passingOver = false;
    final int from = events.size();
    text.drain(machine.outbox(), events, eventTimesNs);
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    while (!done) {
      done = machine.resume();
      text.drain(machine.outbox(), events, eventTimesNs);
    }
    if (addingUp) {
      machine.risk().assertConserved();
    }
    for (int i = from; i < events.size(); i++) {
      if (events.get(i).startsWith("answer ")) {
        return ReasonCode.valueOf(events.get(i).split(" ", -1)[1]);
      }
    }
    throw new AssertionError("no answer to sequence " + sequence);
  }

  /** A frame that passed no check at the door, as a newer sender might write it. */
  ReasonCode sendUnknownTemplate() {
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    frame.wrap(buffer, 0).begin(DegradedEncoder.SCHEMA_ID, 999, 0, CommandHeaderEncoder.ENCODED_LENGTH,
        CommandHeaderEncoder.ENCODED_LENGTH);
    frame.sequence(++sequence).engineTimeNs(timeNs);
    return apply();
  }

  /** What the machine told last, including what it had not yet handed out when it failed. */
  List<String> tail() {
    text.drain(machine.outbox(), events, eventTimesNs);
    return events;
  }

  /** The events since the last call, without answers. */
  List<String> take() {
    final List<String> taken = new ArrayList<>();
    for (final String event : events) {
      if (!event.startsWith("answer ")) {
        taken.add(event);
      }
    }
    events.clear();
    eventTimesNs.clear();
    return taken;
  }

  ReasonCode asset(final int id, final int scale, final String symbol) {
    return send(new CreateAssetEncoder(), 0, c -> {
      c.assetId(id).scale((short) scale).externalDecimals((short) scale);
      put(c.symbol(), symbol);
    });
  }

  ReasonCode instrument(final int id, final int makerFeeE8, final int takerFeeE8, final FeeAsset feeAsset) {
    return send(new CreateInstrumentEncoder(), 0, c -> {
      c.instrumentId(id).baseAssetId(BTC).quoteAssetId(USD).makerFeeE8(makerFeeE8).takerFeeE8(takerFeeE8)
          .markUnitsPerTick(10).protectionBps(1_000).collarBps(0).tickSizeE10(10_000_000_000L)
          .lotSizeE10(10_000_000_000L).minLots(1).maxLots(0).minNotionalUnits(0).maxNotionalUnits(0)
          .kind(InstrumentKind.SPOT).feeAsset(feeAsset);
      put(c.symbol(), "PAIR-" + id);
    });
  }

  ReasonCode account(final long id, final AccountKind kind, final String name) {
    return send(new CreateAccountEncoder(), id, c -> {
      c.kind(kind);
      put(c.name(), name);
    });
  }

  ReasonCode deposit(final long account, final int assetId, final long units) {
    return send(new DepositEncoder(), account,
        c -> c.assetId(assetId).basisInstrumentId(0).amountUnits(units).basisPriceTicks(0));
  }

  ReasonCode hold(final long account, final int assetId, final long units) {
    return send(new HoldFundsEncoder(), account, c -> c.assetId(assetId).amountUnits(units));
  }

  ReasonCode settle(final long account, final long holdId, final long units) {
    return send(new SettleHoldEncoder(), account, c -> c.holdId(holdId).amountUnits(units));
  }

  ReasonCode release(final long account, final long holdId) {
    return send(new ReleaseHoldEncoder(), account, c -> c.holdId(holdId));
  }

  /** A command of an order with everything at rest; the test changes what it is about. */
  ReasonCode order(final long account, final Side side, final int priceTicks, final long lots,
      final Consumer<PlaceOrderEncoder> change) {
    return send(new PlaceOrderEncoder(), account, c -> {
      c.instrumentId(PAIR).limitPriceTicks(priceTicks).protectionBps(0).side(side).ordType(OrdType.LIMIT)
          .timeInForce(TimeInForce.GTC).stpMode(StpMode.CANCEL_TAKER).postOnly(Flag.NO).quantityLots(lots)
          .quoteAmountUnits(0).expireTimeNs(0).displayLots(0).hidden(Flag.NO).reduceOnly(Flag.NO);
      put(c.clOrdId(), "");
      change.accept(c);
    });
  }

  ReasonCode limit(final long account, final Side side, final int priceTicks, final long lots) {
    return order(account, side, priceTicks, lots, c -> { });
  }

  ReasonCode limit(final long account, final Side side, final int priceTicks, final long lots, final String clOrdId) {
    return order(account, side, priceTicks, lots, c -> put(c.clOrdId(), clOrdId));
  }

  ReasonCode market(final long account, final Side side, final long lots) {
    return order(account, side, 0, lots, c -> c.ordType(OrdType.MARKET).timeInForce(TimeInForce.IOC));
  }

  ReasonCode cancel(final long account, final long orderId) {
    return send(new CancelOrderEncoder(), account, c -> {
      c.orderId(orderId);
      put(c.clOrdId(), "");
    });
  }

  ReasonCode cancel(final long account, final String clOrdId) {
    return send(new CancelOrderEncoder(), account, c -> {
      c.orderId(0);
      put(c.clOrdId(), clOrdId);
    });
  }

  ReasonCode massCancel(final long account, final int instrumentId, final CancelScope scope) {
    return send(new MassCancelEncoder(), account, c -> c.instrumentId(instrumentId).scope(scope));
  }

  ReasonCode amend(final long account, final long orderId, final long newLots, final int newPriceTicks) {
    return send(new AmendOrderEncoder(), account, c -> {
      c.orderId(orderId).newQuantityLots(newLots).newLimitPriceTicks(newPriceTicks);
      put(c.clOrdId(), "");
    });
  }

  ReasonCode arm(final long account, final RuleDraft draft) {
    return send(new ArmRuleEncoder(), account, draft::encode);
  }

  ReasonCode cancelRule(final long account, final long ruleId) {
    return send(new CancelRuleEncoder(), account, c -> {
      c.ruleId(ruleId);
      put(c.clRuleId(), "");
    });
  }

  ReasonCode amendRule(final long account, final long ruleId, final Consumer<AmendRuleEncoder> change) {
    return send(new AmendRuleEncoder(), account, c -> {
      c.ruleId(ruleId).newQuantityLots(0).legIndex(0).newLevelTicks(0).newTrailRatioE8(0).newTrailSpreadTicks(0)
          .newChildLimitTicks(0);
      put(c.clRuleId(), "");
      change.accept(c);
    });
  }

  ReasonCode price(final PriceSource source, final long units) {
    return send(new SetPriceEncoder(), 0, c -> c.instrumentId(PAIR).source(source).priceUnits(units));
  }

  /**
   * Prices of three sources that may be off by a tenth, for a minute old, and are excluded at once; the test's part.
   */
  ReasonCode priceRule(final Consumer<SetPriceRuleEncoder> change) {
    return send(new SetPriceRuleEncoder(), 0, c -> {
      c.instrumentId(PAIR).quorum(3).staleNs(60_000_000_000L).futureNs(0).excludeNs(0).readmitNs(900_000_000_000L)
          .deviationE8(10_000_000).readmitBandE8(2_000_000).bandE8(5_000_000).markRule(MarkRuleKind.DIRECT);
      change.accept(c);
    });
  }

  /** Funding of every hour, a rate of eight hours of which is at most 1 %; the test's part. */
  ReasonCode funding(final int instrumentId, final Consumer<SetFundingEncoder> change) {
    return send(new SetFundingEncoder(), 0, c -> {
      c.instrumentId(instrumentId).intervalNs(3_600_000_000_000L).periodNs(28_800_000_000_000L)
          .capE10(100_000_000).rule(FundingRule.DIRECT);
      change.accept(c);
    });
  }

  /** Interest of every hour: 2 % a year, 8 % more at 80 %, a tenth for the house; the test's part. */
  ReasonCode interest(final int assetId, final Consumer<SetInterestEncoder> change) {
    return send(new SetInterestEncoder(), 0, c -> {
      c.assetId(assetId).intervalNs(3_600_000_000_000L).baseRateE10(200_000_000).slopeE10(800_000_000)
          .slopeAboveE10(10_000_000_000L).kinkE8(80_000_000).reserveE8(10_000_000);
      change.accept(c);
    });
  }

  /** What a source says now, and is sure of. */
  ReasonCode quote(final int sourceId, final long priceUnits) {
    return quote(sourceId, priceUnits, timeNs);
  }

  ReasonCode quote(final int sourceId, final long priceUnits, final long sourceTimeNs) {
    return send(new PriceQuoteEncoder(), 0, c -> c.instrumentId(PAIR).sourceId(sourceId).priceUnits(priceUnits)
        .sourceTimeNs(sourceTimeNs).confidenceE8((int) E8));
  }

  /** A print whose whole size is quoted by the venue on both sides, without slippage. */
  ReasonCode print(final int priceTicks, final long lots) {
    return send(new TapePrintEncoder(), TAPE, c -> c.instrumentId(PAIR).priceTicks(priceTicks).sizeLots(lots)
        .shareE8((int) E8).slippageTicks(0));
  }

  ReasonCode fees(final int makerFeeE8, final int takerFeeE8) {
    return send(new SetFeesEncoder(), 0, c -> c.instrumentId(PAIR).makerFeeE8(makerFeeE8).takerFeeE8(takerFeeE8));
  }

  ReasonCode limits(final int collarBps, final long minLots, final long maxLots, final long minNotional,
      final long maxNotional) {
    return send(new SetLimitsEncoder(), 0, c -> c.instrumentId(PAIR).collarBps(collarBps).minLots(minLots)
        .maxLots(maxLots).minNotionalUnits(minNotional).maxNotionalUnits(maxNotional));
  }

  ReasonCode halt(final HaltScope scope, final long account, final int instrumentId, final boolean on) {
    return halt(scope, account, instrumentId, 0, on, HaltMode.FULL);
  }

  ReasonCode halt(final HaltScope scope, final long account, final int instrumentId, final int groupId,
      final boolean on, final HaltMode mode) {
    return send(new SetHaltEncoder(), account, c -> c.instrumentId(instrumentId).scope(scope)
        .on(on ? Flag.YES : Flag.NO).mode(mode).groupId(groupId));
  }

  ReasonCode riskLimit(final int row, final RiskLimitKind kind, final long limit) {
    return riskLimit(0, row, kind, limit, c -> { });
  }

  ReasonCode riskLimit(final long account, final int row, final RiskLimitKind kind, final long limit,
      final Consumer<SetRiskLimitsEncoder> change) {
    return send(new SetRiskLimitsEncoder(), account, c -> {
      c.row(row).kind(kind).limitValue(limit).staged(Flag.NO).bandBps(0);
      change.accept(c);
    });
  }

  ReasonCode profile(final long account, final long openedTimeNs, final int groupId, final int region,
      final int leverageRow) {
    return send(new SetAccountProfileEncoder(), account, c -> c.openedTimeNs(openedTimeNs).groupId(groupId)
        .region(region).leverageRow(leverageRow));
  }

  ReasonCode signal(final long account, final int instrumentId, final int signalId, final long value,
      final long untilNs) {
    return send(new SetSignalEncoder(), account,
        c -> c.instrumentId(instrumentId).signalId(signalId).value(value).untilNs(untilNs));
  }

  ReasonCode pool(final long poolId, final long baseUnits, final long quoteUnits) {
    return send(new SetPoolEncoder(), 0, c -> c.poolId(poolId).instrumentId(PAIR).baseUnits(baseUnits)
        .quoteUnits(quoteUnits).feeE8(300_000).amplification(0).kind(PoolKind.CONSTANT_PRODUCT));
  }

  ReasonCode selfExclude(final long account, final long untilTimeNs) {
    return send(new SelfExcludeEncoder(), account, c -> c.untilTimeNs(untilTimeNs));
  }

  ReasonCode review(final long account, final long ruleId, final ReviewDefault decision) {
    return send(new ReviewEncoder(), account, c -> c.ruleId(ruleId).decision(decision));
  }

  ReasonCode degraded(final boolean on) {
    return send(new DegradedEncoder(), 0, c -> c.on(on ? Flag.YES : Flag.NO));
  }

  ReasonCode session(final SessionState state) {
    return session(state, 0, 0, SessionState.CONTINUOUS);
  }

  ReasonCode session(final SessionState state, final long callEndTimeNs, final int referenceTicks,
      final SessionState nextState) {
    return send(new SetSessionEncoder(), 0, c -> c.callEndTimeNs(callEndTimeNs).instrumentId(PAIR)
        .referenceTicks(referenceTicks).state(state).nextState(nextState));
  }

  ReasonCode guard(final int bandBps, final long callNs, final long horizonNs) {
    return send(new SetVolatilityGuardEncoder(), 0,
        c -> c.callNs(callNs).horizonNs(horizonNs).instrumentId(PAIR).bandBps(bandBps));
  }

  ReasonCode cancelAllAfter(final long account, final long timeoutNs, final CancelScope scope) {
    return send(new CancelAllAfterEncoder(), account, c -> c.timeoutNs(timeoutNs).scope(scope));
  }

  ReasonCode cancelOnDisconnect(final long account, final long sessionId, final CancelScope scope) {
    return send(new CancelOnDisconnectEncoder(), account, c -> c.sessionId(sessionId).scope(scope));
  }

  ReasonCode disconnect(final long sessionId) {
    return send(new DisconnectEncoder(), 0, c -> c.sessionId(sessionId));
  }

  ReasonCode accountLimits(final long account, final Consumer<SetAccountLimitsEncoder> change) {
    return send(new SetAccountLimitsEncoder(), account, c -> {
      c.stpGroup(0).openOrdersMax(0).openRulesMax(0).ratePerSecond(0).rateBurst(0);
      change.accept(c);
    });
  }

  ReasonCode grow(final int ordersMax) {
    return send(new GrowCapacityEncoder(), 0, c -> c.ordersMax(ordersMax).tradesKept(0));
  }

  ReasonCode quarantine(final long sequence) {
    return send(new QuarantineEncoder(), 0, c -> c.sequence(sequence));
  }

  ReasonCode grant(final long sessionId, final long principalId, final int scopes,
      final Consumer<GrantKeyEncoder> change) {
    return send(new GrantKeyEncoder(), 0, c -> {
      c.sessionId(sessionId).principalId(principalId).scopes(scopes);
      change.accept(c);
    });
  }

  ReasonCode grant(final long sessionId, final long principalId, final KeyScope... scopes) {
    return grant(sessionId, principalId, KeyScope.bits(scopes), c -> { });
  }

  ReasonCode revoke(final long sessionId) {
    return send(new RevokeKeyEncoder(), 0, c -> c.sessionId(sessionId));
  }

  ReasonCode security(final boolean on) {
    return send(new SetSecurityEncoder(), 0, c -> c.on(on ? Flag.YES : Flag.NO));
  }

  /** Asks for keys, and for two people for commands of these kinds. */
  ReasonCode dual(final long delayNs, final long timeToLiveNs, final int... templateIds) {
    return send(new SetSecurityEncoder(), 0, c -> {
      long bits = 0;
      for (final int templateId : templateIds) {
        bits |= 1L << templateId;
      }
      c.on(Flag.YES).dualTemplates(bits).delayNs(delayNs).timeToLiveNs(timeToLiveNs);
      c.assets().v0(USD);
      c.limitsUnits().v0(100);
    });
  }

  ReasonCode approve(final long proposalId, final boolean approved) {
    return send(new ApproveEncoder(), 0, c -> c.proposalId(proposalId).approved(approved ? Flag.YES : Flag.NO));
  }

  ReasonCode time(final long toTimeNs) {
    return at(toTimeNs).send(new AdvanceTimeEncoder(), 0, c -> c.timeNs(0));
  }

  long free(final long account, final int assetId) {
    return machine.risk().freeUnits(account, assetId);
  }

  long held(final long account, final int assetId) {
    return machine.risk().heldUnits(account, assetId);
  }

  static void put(final Text32Encoder encoder, final String value) {
    encoder.w0(Text32.word(value, 0)).w1(Text32.word(value, 1)).w2(Text32.word(value, 2)).w3(Text32.word(value, 3));
  }

  /** The canonical bytes of all business state, component by component. */
  List<String> state() {
    return save(machine.businessState());
  }

  List<String> controlState() {
    return save(machine.controlState());
  }

  static List<String> save(final List<StateOwner> owners) {
    final List<String> components = new ArrayList<>();
    for (final StateOwner owner : owners) {
      final StringBuilder saved = new StringBuilder();
      owner.save(new SnapshotSink() {
        @Override
        public void putInt(final int value) {
          saved.append(' ').append(value);
        }

        @Override
        public void putLong(final long value) {
          saved.append(' ').append(value);
        }
      });
      if (!saved.isEmpty()) {
        components.add(owner.componentId() + " " + owner.componentName() + ":" + saved);
      }
    }
    return components;
  }

  /** Replaces the machine by a fresh one that loaded what this one saved. */
  void restart() {
    final List<StateOwner> owners = new ArrayList<>(machine.businessState());
    owners.addAll(machine.controlState());
    final List<Integer> ids = new ArrayList<>();
    final List<SavedState> saved = new ArrayList<>();
    for (final StateOwner owner : owners) {
      final SavedState state = new SavedState();
      owner.save(state);
      ids.add(owner.componentId());
      saved.add(state);
    }
    machine = new StateMachine(config);
    machine.load(id -> {
      final int at = ids.indexOf(id);
      return at < 0 || saved.get(at).isEmpty() ? null : saved.get(at);
    });
    for (final SavedState state : saved) {
      if (!state.isRead()) {
        throw new AssertionError("a component was not read to its end: " + ids.get(saved.indexOf(state)));
      }
    }
  }

  /** A rule before it is encoded, with the least that is mandatory. */
  static final class RuleDraft {
    Side side = Side.SELL;
    long lots = 10;
    int shareE8;
    long startTimeNs;
    long endTimeNs;
    ArmPolicy armPolicy = ArmPolicy.REJECT;
    ExpiryAction expiryAction = ExpiryAction.CANCEL;
    ReserveMode reserveMode = ReserveMode.RESERVE;
    String name = "";
    final List<Consumer<ArmRuleEncoder.LegsEncoder>> legs = new ArrayList<>();
    /** Fields of the block that few rules have. */
    Consumer<ArmRuleEncoder> block = c -> { };
    /** The groups behind the legs. */
    Consumer<ArmRuleEncoder> more = RuleGroups::none;

    void encode(final ArmRuleEncoder c) {
      c.instrumentId(PAIR).shareE8(shareE8).quantityLots(lots).startTimeNs(startTimeNs).endTimeNs(endTimeNs)
          .side(side).armPolicy(armPolicy).expiryAction(expiryAction).reserveMode(reserveMode);
      put(c.clRuleId(), name);
      block.accept(c);
      final ArmRuleEncoder.LegsEncoder encoder = c.legsCount(legs.size());
      for (final Consumer<ArmRuleEncoder.LegsEncoder> leg : legs) {
        leg.accept(encoder.next());
      }
      more.accept(c);
    }
  }
}
