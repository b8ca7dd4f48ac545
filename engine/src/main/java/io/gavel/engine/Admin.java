package io.gavel.engine;

import io.gavel.codecs.DecimalFormatException;
import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.ApproveEncoder;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.CreateAccountEncoder;
import io.gavel.codecs.sbe.CreateAssetEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DegradedEncoder;
import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.DisconnectEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.GrowCapacityEncoder;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.HoldFundsEncoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldEncoder;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.ReviewEncoder;
import io.gavel.codecs.sbe.RevokeKeyEncoder;
import io.gavel.codecs.sbe.SelfExcludeEncoder;
import io.gavel.codecs.sbe.SetAccountLimitsEncoder;
import io.gavel.codecs.sbe.SetAccountProfileEncoder;
import io.gavel.codecs.sbe.SetFeesEncoder;
import io.gavel.codecs.sbe.SetFundingEncoder;
import io.gavel.codecs.sbe.SetHaltEncoder;
import io.gavel.codecs.sbe.SetInterestEncoder;
import io.gavel.codecs.sbe.SetLimitsEncoder;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import io.gavel.codecs.sbe.SetOptionVolatilityEncoder;
import io.gavel.codecs.sbe.SetPortfolioMarginEncoder;
import io.gavel.codecs.sbe.SetPriceRuleEncoder;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.SetSecurityEncoder;
import io.gavel.codecs.sbe.SettleHoldEncoder;
import io.gavel.codecs.sbe.SettleInstrumentEncoder;
import io.gavel.engine.ring.Ingress;
import io.gavel.engine.snapshot.SnapshotSummary;
import io.gavel.risk.option.PortfolioParameter;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Assets, instruments, accounts, money and controls, chained. Names get their ids here. Each method sends one command;
 * whether the engine accepted it is told by its answer event. What cannot be sent throws: {@link RefusedException} for
 * what was said, IllegalStateException when the engine is closed, halted or full and cannot be driven from here. Any
 * thread; takes a lock.
 */
public final class Admin extends Facade {

  /** Makes room in a full ring, or says that it cannot. */
  interface Relief {
    boolean makeRoom();
  }

  private final Relief relief;
  private final Supplier<SnapshotSummary> snapshots;
  private final long engineId;
  private final Remedies remedies;
  private long reqId;
  private long sessionId;
  private long sessionSequence;
  private long lastPosition = -1;

  Admin(
      final Directory directory, final Ingress ingress, final Relief relief,
      final Supplier<SnapshotSummary> snapshots, final long engineId) {
    super(directory, ingress);
    this.relief = relief;
    this.snapshots = snapshots;
    this.engineId = engineId;
    remedies = new Remedies(directory, ingress);
  }

  /**
   * Takes a snapshot of the live core, behind everything offered so far: it stands until the disk has confirmed all of
   * it. A follower (see {@link GavelContext#snapshotEvery}, {@code gavel snapshot DIR}) costs the core nothing.
   *
   * @throws IllegalStateException when there is no place for one, or the engine has halted
   */
  public SnapshotSummary snapshot() {
    return snapshots.get();
  }

  /** Echoed in the answers of the commands that follow. */
  public Admin reqId(final long id) {
    reqId = id;
    return this;
  }

  /**
   * The commands that follow come from this session, numbered from {@code nextSequence}: what an engine that asks for
   * keys needs. A number is used up by what enters the ring.
   */
  public synchronized Admin session(final long id, final long nextSequence) {
    sessionId = id;
    sessionSequence = nextSequence;
    return this;
  }

  /** Position in the ring of the last command sent. */
  public long lastPosition() {
    return lastPosition;
  }

  /** An asset whose amounts have {@code scale} decimals, inside and outside. */
  public Admin asset(final String symbol, final int scale) {
    return asset(symbol, scale, scale);
  }

  public synchronized Admin asset(final String symbol, final int scale, final int externalDecimals) {
    requireName("asset", symbol);
    if (scale < 0 || scale > DecimalText.SCALE_MAX || externalDecimals < 0 || externalDecimals > 255) {
      throw new RefusedException(
          ReasonCode.SCALE_OUT_OF_RANGE, "scale", scale + "/" + externalDecimals, "is not 0 to 10 decimals");
    }
    final CreateAssetEncoder command = ingress.begin(new CreateAssetEncoder());
    header(command.header(), 0);
    command.assetId(directory.offerAsset(symbol, scale)).scale((short) scale)
        .externalDecimals((short) externalDecimals);
    text(command.symbol(), "asset", symbol);
    return send();
  }

  /** An instrument, spot unless said otherwise; tick and lot are mandatory. */
  public synchronized Admin instrument(final String symbol, final Consumer<InstrumentTicket> fill) {
    requireName("instId", symbol);
    final InstrumentTicket ticket = new InstrumentTicket();
    fill.accept(ticket);
    final int dash = symbol.indexOf('-');
    final Directory.AssetEntry base = directory.requireAsset(
        null == ticket.baseCcy && dash > 0 ? symbol.substring(0, dash) : ticket.baseCcy, "baseCcy");
    final Directory.AssetEntry quote = directory.requireAsset(
        null == ticket.quoteCcy && dash > 0 ? symbol.substring(dash + 1) : ticket.quoteCcy, "quoteCcy");
    final DecimalStep tick = step(ticket.tickSz, "tickSz");
    final DecimalStep lot = step(ticket.lotSz, "lotSz");
    final CreateInstrumentEncoder command = ingress.begin(new CreateInstrumentEncoder());
    header(command.header(), 0);
    command.baseAssetId(base.id()).quoteAssetId(quote.id())
        .makerFeeE8(ratioE8(ticket.makerFee, "makerFee")).takerFeeE8(ratioE8(ticket.takerFee, "takerFee"))
        .markUnitsPerTick(ticket.markUnitsPerTick).protectionBps(ticket.protectionBps)
        .collarBps(ticket.collarBps).tickSizeE10(tick.stepE10()).lotSizeE10(lot.stepE10())
        .minLots(steps(lot, ticket.minSz, "minSz")).maxLots(steps(lot, ticket.maxSz, "maxSz"))
        .minNotionalUnits(units(quote, ticket.minNotional, "minNotional"))
        .maxNotionalUnits(units(quote, ticket.maxNotional, "maxNotional"))
        .kind(ticket.kind).feeAsset(ticket.feeAsset);
    if (null != ticket.settleCcy) {
      command.settleAssetId(directory.requireAsset(ticket.settleCcy, "settleCcy").id());
    }
    if (null != ticket.indexInstId) {
      command.indexInstrumentId(directory.requireInstrument(ticket.indexInstId).id());
    }
    command
        .multiplierE10(refusing(() -> DecimalText.parse(ticket.multiplier, DecimalText.SCALE_MAX, "multiplier")))
        .expiryTimeNs(ticket.expiryTimeNs).settlementWindowNs(ticket.settlementWindowNs)
        .strikeTicks(ticks(tick, ticket.strikePx, "strikePx"));
    text(command.symbol(), "instId", symbol);
    command.instrumentId(directory.offerInstrument(new Directory.InstrumentEntry(Directory.NULL_ID, symbol,
        base.id(), quote.id(), settleAssetId(ticket, base, quote), tick, lot, Math.max(1, ticket.markUnitsPerTick),
        false)));
    return send();
  }

  private int settleAssetId(
      final InstrumentTicket ticket, final Directory.AssetEntry base, final Directory.AssetEntry quote) {
    if (null != ticket.settleCcy) {
      return directory.requireAsset(ticket.settleCcy, "settleCcy").id();
    }
    return switch (ticket.kind) {
      case SPOT -> 0;
      case INVERSE_PERPETUAL, INVERSE_FUTURE -> base.id();
      default -> quote.id();
    };
  }

  public Admin account(final String name) {
    return account(name, AccountKind.USER);
  }

  public synchronized Admin account(final String name, final AccountKind kind) {
    requireName("acct", name);
    final CreateAccountEncoder command = ingress.begin(new CreateAccountEncoder());
    header(command.header(), directory.offerAccount(name));
    command.kind(kind);
    text(command.name(), "acct", name);
    return send();
  }

  /** Issuance from outside, with no known price of acquisition. */
  public Admin deposit(final String acct, final String ccy, final String amount) {
    return deposit(acct, ccy, amount, null, null);
  }

  /** Issuance from outside, acquired at {@code basisPx} of {@code basisInstId}. */
  public synchronized Admin deposit(
      final String acct, final String ccy, final String amount,
      final @Nullable String basisInstId, final @Nullable String basisPx) {
    final long account = directory.requireAccount(acct);
    final Directory.AssetEntry asset = directory.requireAsset(ccy, "ccy");
    final DepositEncoder command = ingress.begin(new DepositEncoder());
    header(command.header(), account);
    command.assetId(asset.id()).amountUnits(units(asset, amount, "amount"));
    if (null != basisInstId) {
      final Directory.InstrumentEntry basis = directory.requireInstrument(basisInstId);
      command.basisInstrumentId(basis.id())
          .basisPriceTicks(ticks(basis.tick(), required(basisPx, "basisPx"), "basisPx"));
    }
    return send();
  }

  /** Phase one of money out: free becomes held; the answer's id names the hold. */
  public synchronized Admin hold(final String acct, final String ccy, final String amount) {
    final long account = directory.requireAccount(acct);
    final Directory.AssetEntry asset = directory.requireAsset(ccy, "ccy");
    final HoldFundsEncoder command = ingress.begin(new HoldFundsEncoder());
    header(command.header(), account);
    command.assetId(asset.id()).amountUnits(units(asset, amount, "amount"));
    return send();
  }

  /** Phase two: up to the held amount leaves, the rest is free again. */
  public synchronized Admin settleHold(
      final String acct, final long holdId, final String ccy, final String amount) {
    final long account = directory.requireAccount(acct);
    final Directory.AssetEntry asset = directory.requireAsset(ccy, "ccy");
    final SettleHoldEncoder command = ingress.begin(new SettleHoldEncoder());
    header(command.header(), account);
    command.holdId(holdId).amountUnits(units(asset, amount, "amount"));
    return send();
  }

  /** Phase two, undone: all of it is free again. */
  public synchronized Admin releaseHold(final String acct, final long holdId) {
    final long account = directory.requireAccount(acct);
    final ReleaseHoldEncoder command = ingress.begin(new ReleaseHoldEncoder());
    header(command.header(), account);
    command.holdId(holdId);
    return send();
  }

  /** For orders accepted from now on. */
  public synchronized Admin fees(final String instId, final String makerFee, final String takerFee) {
    final SetFeesEncoder command = ingress.begin(new SetFeesEncoder());
    header(command.header(), 0);
    command.instrumentId(directory.requireInstrument(instId).id())
        .makerFeeE8(ratioE8(makerFee, "makerFee")).takerFeeE8(ratioE8(takerFee, "takerFee"));
    return send();
  }

  /** All order limits of an instrument at once. */
  public synchronized Admin limits(final String instId, final Consumer<LimitsTicket> fill) {
    final LimitsTicket ticket = new LimitsTicket();
    fill.accept(ticket);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final SetLimitsEncoder command = ingress.begin(new SetLimitsEncoder());
    header(command.header(), 0);
    command.instrumentId(instrument.id()).collarBps(ticket.collarBps)
        .minLots(steps(instrument.lot(), ticket.minSz, "minSz"))
        .maxLots(steps(instrument.lot(), ticket.maxSz, "maxSz"));
    final Directory.AssetEntry quote = directory.asset(instrument.quoteAssetId());
    if (null != quote) {
      command.minNotionalUnits(units(quote, ticket.minNotional, "minNotional"))
          .maxNotionalUnits(units(quote, ticket.maxNotional, "maxNotional"));
    }
    return send();
  }

  /** What an account may have open and how fast it may ask, all at once; what is not said is no limit. */
  public synchronized Admin accountLimits(final String acct, final Consumer<AccountLimitsTicket> fill) {
    final AccountLimitsTicket ticket = new AccountLimitsTicket();
    fill.accept(ticket);
    final long account = directory.requireAccount(acct);
    final SetAccountLimitsEncoder command = ingress.begin(new SetAccountLimitsEncoder());
    header(command.header(), account);
    command.stpGroup(ticket.stpGroup).openOrdersMax(ticket.openOrdersMax).openRulesMax(ticket.openRulesMax)
        .ratePerSecond(ticket.ratePerSecond).rateBurst(ticket.rateBurst);
    return send();
  }

  /** How the index and the mark of an instrument come about, all at once; nothing said: prices are set directly. */
  public synchronized Admin priceRule(final String instId, final Consumer<PriceRuleTicket> fill) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final SetPriceRuleEncoder command = ingress.begin(new SetPriceRuleEncoder());
    header(command.header(), 0);
    command.instrumentId(instrument.id()).markRule(MarkRuleKind.DIRECT);
    fill.accept(new PriceRuleTicket(instrument, command));
    return send();
  }

  /** What longs and shorts of a perpetual pay one another, all at once; nothing said: nothing. */
  public synchronized Admin funding(final String instId, final Consumer<FundingTicket> fill) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final SetFundingEncoder command = ingress.begin(new SetFundingEncoder());
    header(command.header(), 0);
    command.instrumentId(instrument.id()).rule(FundingRule.DIRECT);
    fill.accept(new FundingTicket(command));
    return send();
  }

  /** What borrowers of an asset pay and who has it receives, all at once; nothing said: nothing from now on. */
  public synchronized Admin interest(final String ccy, final Consumer<InterestTicket> fill) {
    final int assetId = directory.requireAsset(ccy, "ccy").id();
    final SetInterestEncoder command = ingress.begin(new SetInterestEncoder());
    header(command.header(), 0);
    command.assetId(assetId);
    fill.accept(new InterestTicket(command));
    return send();
  }

  /** Money from outside into a fund of the house, or with a minus out of it. */
  public synchronized Admin fundHouse(final HouseFund fund, final String ccy, final String amt) {
    final Directory.AssetEntry asset = directory.requireAsset(ccy, "ccy");
    final long amountUnits = units(asset, amt, "amt");
    final FundHouseEncoder command = ingress.begin(new FundHouseEncoder());
    header(command.header(), 0);
    command.fund(fund).assetId(asset.id()).amountUnits(amountUnits);
    return send();
  }

  /** How positions of a contract are liquidated and who pays, all at once; what is not said is none. */
  public synchronized Admin liquidation(final String instId, final Consumer<LiquidationTicket> fill) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final Directory.AssetEntry settle = settle(instrument);
    final SetLiquidationEncoder command = ingress.begin(new SetLiquidationEncoder());
    header(command.header(), 0);
    command.instrumentId(instrument.id()).policy(DeleveragePolicy.PRO_RATA);
    fill.accept(new LiquidationTicket(directory, settle, command));
    return send();
  }

  /** Ends a contract: its orders are cancelled and every position is closed at the price. */
  public synchronized Admin settleInstrument(final String instId, final String px) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final long priceUnits = Directory.MarkText.parse(instrument, px);
    final SettleInstrumentEncoder command = ingress.begin(new SettleInstrumentEncoder());
    header(command.header(), 0);
    command.instrumentId(instrument.id()).priceUnits(priceUnits);
    return send();
  }

  /**
   * At which volatility portfolio margin values an option, "0.55" a year, and at which rate.
   *
   * @param forwardInstId whose mark is the forward; null: the index
   */
  public synchronized Admin optionVolatility(
      final String instId, final String volatility, final String rate, final @Nullable String forwardInstId) {
    final int optionId = directory.requireInstrument(instId).id();
    final int forwardId = null == forwardInstId ? 0 : directory.requireInstrument(forwardInstId).id();
    final long volatilityE8 = numberE8(volatility, "volatility");
    final long rateE8 = numberE8(rate, "rate");
    final SetOptionVolatilityEncoder command = ingress.begin(new SetOptionVolatilityEncoder());
    header(command.header(), 0);
    command.instrumentId(optionId).forwardInstrumentId(forwardId).volatilityE8(volatilityE8).rateE8(rateE8);
    return send();
  }

  /** One number of the portfolio model of all contracts on the index of an instrument. */
  public synchronized Admin portfolioMargin(
      final String indexInstId, final PortfolioParameter parameter, final String value) {
    final int instrumentId = directory.requireInstrument(indexInstId).id();
    final long valueE8 = numberE8(value, "value");
    final SetPortfolioMarginEncoder command = ingress.begin(new SetPortfolioMarginEncoder());
    header(command.header(), 0);
    command.instrumentId(instrumentId).parameter(parameter.ordinal()).valueE8(valueE8);
    return send();
  }

  /** Puts a row, from 1 to 64, into the risk table in place of the one that was there. */
  public synchronized Admin riskLimit(final int row, final Consumer<RiskLimitTicket> fill) {
    final RiskLimitTicket ticket = new RiskLimitTicket();
    fill.accept(ticket);
    final SetRiskLimitsEncoder command = ingress.begin(new SetRiskLimitsEncoder());
    header(command.header(), ticket.account(directory));
    ticket.encode(command, row, directory);
    return send();
  }

  /** Takes a row out of the risk table. */
  public Admin noRiskLimit(final int row) {
    return riskLimit(row, ticket -> { });
  }

  /**
   * What the risk table knows of an account, all at once; 0 is unknown or none.
   *
   * @param leverageRow a row that holds for this account whatever it names
   */
  public synchronized Admin accountProfile(final String acct, final long openedTimeNs, final int groupId,
      final int region, final int leverageRow) {
    final long account = directory.requireAccount(acct);
    final SetAccountProfileEncoder command = ingress.begin(new SetAccountProfileEncoder());
    header(command.header(), account);
    command.openedTimeNs(openedTimeNs).groupId(groupId).region(region).leverageRow(leverageRow);
    return send();
  }

  /** An account takes no new risk until then: it can be prolonged, and nobody can shorten or lift it. */
  public synchronized Admin selfExclude(final String acct, final long untilTimeNs) {
    final long account = directory.requireAccount(acct);
    final SelfExcludeEncoder command = ingress.begin(new SelfExcludeEncoder());
    header(command.header(), account);
    command.untilTimeNs(untilTimeNs);
    return send();
  }

  /** Decides about a fired rule that waits for a person: it goes on if its condition still holds, or it is over. */
  public synchronized Admin review(final String acct, final long algoId, final ReviewDefault decision) {
    final long account = directory.requireAccount(acct);
    final ReviewEncoder command = ingress.begin(new ReviewEncoder());
    header(command.header(), account);
    command.ruleId(algoId).decision(decision);
    return send();
  }

  /** Makes room for {@code ordersMax} live orders; copies what is there, so it takes a moment. */
  public synchronized Admin growOrders(final int ordersMax) {
    final GrowCapacityEncoder command = ingress.begin(new GrowCapacityEncoder());
    header(command.header(), 0);
    command.ordersMax(ordersMax).tradesKept(0);
    return send();
  }

  /** Keeps the last {@code tradesKept} trades from now on, so that they can be undone; 200 bytes each. */
  public synchronized Admin keepTrades(final int tradesKept) {
    final GrowCapacityEncoder command = ingress.begin(new GrowCapacityEncoder());
    header(command.header(), 0);
    command.ordersMax(0).tradesKept(tradesKept);
    return send();
  }

  /**
   * Takes back a trade that was wrong. Where commands need keys, this and the two that follow wait for a second person.
   */
  public synchronized Admin bustTrade(
      final String instId, final long tradeId, final Consumer<RemedyTicket> fill) {
    header(remedies.bust(instId, tradeId, fill), 0);
    return send();
  }

  /** Gives a trade the price that it should have had; its fees stay. */
  public synchronized Admin adjustTrade(
      final String instId, final long tradeId, final String px, final Consumer<RemedyTicket> fill) {
    header(remedies.adjust(instId, tradeId, px, fill), 0);
    return send();
  }

  /** Pays for harm, once for each key; {@code instId} is of the trade that the ticket names, if it names one. */
  public synchronized Admin compensate(final String acct, final String instId, final String ccy, final String amt,
      final long key, final Consumer<RemedyTicket> fill) {
    final long account = directory.requireAccount(acct);
    header(remedies.compensate(instId, ccy, amt, key, fill), account);
    return send();
  }

  /** Gives a session the key it is to ask with, in place of the one it had; whose key it is, {@code principal} says. */
  public synchronized Admin grantKey(final long session, final long principal, final Consumer<KeyTicket> fill) {
    final KeyTicket ticket = new KeyTicket();
    fill.accept(ticket);
    final GrantKeyEncoder command = ingress.begin(new GrantKeyEncoder());
    header(command.header(), 0);
    command.sessionId(session).principalId(principal);
    ticket.encode(command, directory);
    return send();
  }

  /** Takes a session's key away; its orders and rules stay. */
  public synchronized Admin revokeKey(final long session) {
    final RevokeKeyEncoder command = ingress.begin(new RevokeKeyEncoder());
    header(command.header(), 0);
    command.sessionId(session);
    return send();
  }

  /** Whether commands need a key, and which of them two people; all at once. */
  public synchronized Admin security(final Consumer<SecurityTicket> fill) {
    final SecurityTicket ticket = new SecurityTicket();
    fill.accept(ticket);
    final SetSecurityEncoder command = ingress.begin(new SetSecurityEncoder());
    header(command.header(), 0);
    ticket.encode(command, directory, engineId);
    return send();
  }

  /** The second person's word on a proposal, or anybody's against it. */
  public synchronized Admin approve(final long proposalId, final boolean approved) {
    final ApproveEncoder command = ingress.begin(new ApproveEncoder());
    header(command.header(), 0);
    command.proposalId(proposalId).approved(flag(approved));
    return send();
  }

  /** As {@link Orders#disconnected}, for an engine that asks for keys. */
  public synchronized Admin disconnected(final long lostSessionId) {
    final DisconnectEncoder command = ingress.begin(new DisconnectEncoder());
    header(command.header(), 0);
    command.sessionId(lostSessionId);
    return send();
  }

  /** Kill switch for everything. */
  public Admin haltEngine(final boolean on) {
    return halt(HaltScope.ENGINE, 0, 0, on);
  }

  /** Kill switch for one instrument. */
  public Admin haltInstrument(final String instId, final boolean on) {
    return halt(HaltScope.INSTRUMENT, directory.requireInstrument(instId).id(), 0, on);
  }

  /** Kill switch for one account. */
  public Admin haltAccount(final String acct, final boolean on) {
    return halt(HaltScope.ACCOUNT, 0, directory.requireAccount(acct), on);
  }

  /** Kill switch for all rules: what fires is held until it is lifted. */
  public Admin haltAutoSell(final boolean on) {
    return halt(HaltScope.AUTO_SELL, 0, 0, on);
  }

  /** Kill switch for the accounts of a group. */
  public Admin haltGroup(final int groupId, final HaltMode mode, final boolean on) {
    return halt(HaltScope.GROUP, 0, 0, groupId, on, mode);
  }

  /** Only what makes a risk smaller is let in: by the house, or by one instrument, or of one account. */
  public Admin reduceOnlyEngine() {
    return halt(HaltScope.ENGINE, 0, 0, 0, true, HaltMode.REDUCE_ONLY);
  }

  public Admin reduceOnlyInstrument(final String instId) {
    return halt(HaltScope.INSTRUMENT, directory.requireInstrument(instId).id(), 0, 0, true, HaltMode.REDUCE_ONLY);
  }

  public Admin reduceOnlyAccount(final String acct) {
    return halt(HaltScope.ACCOUNT, 0, directory.requireAccount(acct), 0, true, HaltMode.REDUCE_ONLY);
  }

  /** The machine runs short: no new risk, cancels and auto-sell go on. */
  public synchronized Admin degraded(final boolean on) {
    final DegradedEncoder command = ingress.begin(new DegradedEncoder());
    header(command.header(), 0);
    command.on(on ? Flag.YES : Flag.NO);
    return send();
  }

  /** Lets time pass; {@code timeNs} above 0: an operator accepts a jump to it. */
  public synchronized Admin advanceTime(final long timeNs) {
    final AdvanceTimeEncoder command = ingress.begin(new AdvanceTimeEncoder());
    header(command.header(), 0);
    command.timeNs(timeNs);
    return send();
  }

  private Admin halt(final HaltScope scope, final int instrumentId, final long account, final boolean on) {
    return halt(scope, instrumentId, account, 0, on, HaltMode.FULL);
  }

  private synchronized Admin halt(final HaltScope scope, final int instrumentId, final long account,
      final int groupId, final boolean on, final HaltMode mode) {
    final SetHaltEncoder command = ingress.begin(new SetHaltEncoder());
    header(command.header(), account);
    command.instrumentId(instrumentId).scope(scope).on(on ? Flag.YES : Flag.NO).mode(mode).groupId(groupId);
    return send();
  }

  private void header(final CommandHeaderEncoder header, final long account) {
    header.sessionId(sessionId).sessionSequence(sessionSequence).correlationId(reqId).account(account);
  }

  private Admin send() {
    long code = ingress.offer();
    while (Codes.BACK_PRESSURED == code && relief.makeRoom()) {
      code = ingress.offer();
    }
    if (code < 0) {
      directory.onFrame(ingress.frame(), 0, false);
      if (Codes.isRefused(code)) {
        throw new RefusedException(Codes.reason(code), "command", "", "was refused at ingress");
      }
      throw new IllegalStateException(Codes.describe(code));
    }
    lastPosition = code;
    sessionSequence += 0 == sessionId ? 0 : 1;
    return this;
  }

  private static void requireName(final String field, final String name) {
    if (!Text32.isValid(name)) {
      throw new RefusedException(ReasonCode.NAME_INVALID, field, name, "is not 1 to 32 printable ASCII characters");
    }
  }

  private static DecimalStep step(final @Nullable String decimal, final String field) {
    try {
      final long stepE10 = DecimalText.parse(required(decimal, field), DecimalText.SCALE_MAX, field);
      if (stepE10 <= 0) {
        throw new RefusedException(ReasonCode.OUT_OF_RANGE, field, String.valueOf(decimal), "is not positive");
      }
      return DecimalStep.ofE10(stepE10);
    } catch (final DecimalFormatException ex) {
      throw new RefusedException(ex);
    }
  }
}
