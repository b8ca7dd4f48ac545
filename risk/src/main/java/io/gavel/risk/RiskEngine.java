package io.gavel.risk;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.AdjustMarginDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetLeverageDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.collateral.CollateralBook;
import io.gavel.risk.funding.FundingIndex;
import io.gavel.risk.funding.InterestIndex;
import io.gavel.risk.funding.LossIndex;
import io.gavel.risk.instrument.Asset;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.instrument.Name;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.Debts;
import io.gavel.risk.ledger.Holds;
import io.gavel.risk.ledger.Ledger;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.liquidation.BankruptLots;
import io.gavel.risk.liquidation.Deleveraging;
import io.gavel.risk.liquidation.HouseCash;
import io.gavel.risk.liquidation.LiquidationTerms;
import io.gavel.risk.liquidation.Takeover;
import io.gavel.risk.limit.AccountProfiles;
import io.gavel.risk.limit.CascadeBudget;
import io.gavel.risk.limit.CoolingOff;
import io.gavel.risk.limit.Exposures;
import io.gavel.risk.limit.HaltModes;
import io.gavel.risk.limit.Halts;
import io.gavel.risk.limit.RiskTable;
import io.gavel.risk.margin.AccountModes;
import io.gavel.risk.margin.LegMargin;
import io.gavel.risk.margin.MarginBook;
import io.gavel.risk.margin.MarginModel;
import io.gavel.risk.margin.MarginRegister;
import io.gavel.risk.margin.PortfolioBook;
import io.gavel.risk.mark.IndexPrices;
import io.gavel.risk.mark.MarkRule;
import io.gavel.risk.mark.Marks;
import io.gavel.risk.mark.PriceValidity;
import io.gavel.risk.position.Contracts;
import io.gavel.risk.position.Positions;
import io.gavel.risk.token.PoolShares;
import io.gavel.risk.token.TokenBook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one door to money: what may be done, and what it costs. It owns assets, instruments, accounts, the ledger, holds,
 * reservations, positions, prices and halts.
 *
 * <p>Methods that answer with a {@link ReasonCode} refuse before their first effect: what is not OK has changed
 * nothing. Settling, reducing and releasing cannot be refused; if one cannot be done, an invariant is broken and
 * {@link InvariantViolation} is thrown. Amounts are in asset units, prices in ticks, sizes in lots. Allocates nothing
 * after start, the create methods excepted. One thread.
 */
public final class RiskEngine {

  public static final int NULL_RESERVATION = -1;

  private final Assets assets;
  private final Instruments instruments;
  private final Accounts accounts;
  private final Ledger ledger;
  private final Holds holds;
  private final Positions positions;
  private final Contracts contracts;
  private final Reservations reservations;
  private final PriceValidity validity;
  private final Marks marks;
  private final IndexPrices indexPrices;
  private final MarkRule markRule;
  private final FundingIndex funding;
  private final Halts halts;
  private final Funds funds;
  private final OrderGate gate;
  private final MarginRooms margin;
  private final ContractOrders contractOrders;
  private final ContractFills contractFills;
  private final MarginControl marginControl;
  private final LimitedSettlement settlement;
  private final HaltModes haltModes;
  private final RiskControls controls;
  private final TokenDesk tokens;
  private final List<StateOwner> state;

  /** Balances and positions have room for {@code balancesMax} each. */
  public RiskEngine(
      final int accountsMax, final int assetsMax, final int instrumentsMax,
      final int balancesMax, final int reservationsMax, final int holdsMax) {
    assets = new Assets(assetsMax);
    instruments = new Instruments(instrumentsMax, assets);
    accounts = new Accounts(accountsMax);
    ledger = new Ledger(accounts, accountsMax, assetsMax, balancesMax);
    holds = new Holds(holdsMax);
    positions = new Positions(accounts, instruments, accountsMax, instrumentsMax, balancesMax);
    contracts = new Contracts(accounts, instruments, accountsMax, assetsMax, instrumentsMax, balancesMax);
    reservations = new Reservations(reservationsMax, instruments, ledger, positions);
    validity = new PriceValidity(instrumentsMax);
    marks = new Marks(instrumentsMax, instruments, validity);
    indexPrices = new IndexPrices(instrumentsMax, instruments, marks);
    markRule = new MarkRule(instrumentsMax, marks);
    funding = new FundingIndex(instrumentsMax, instruments);
    halts = new Halts(accountsMax, instrumentsMax);
    margin = new MarginRooms(assets, instruments, accounts, ledger, reservations, marks, contracts, funding,
        accountsMax, assetsMax, instrumentsMax, balancesMax);
    contractOrders = new ContractOrders(margin);
    contractFills = new ContractFills(margin, contractOrders, funding);
    marginControl = new MarginControl(margin, assets);
    final MarginModel backing = new SharedMargin(margin);
    funds = new Funds(assets, instruments, accounts, ledger, holds, positions, backing, margin.debts);
    final AccountProfiles profiles = new AccountProfiles(accountsMax);
    haltModes = new HaltModes(accountsMax, instrumentsMax, profiles);
    gate = new OrderGate(instruments, accounts, halts, haltModes, marks);
    final Exposures exposures = new Exposures(instruments, positions, contracts, balancesMax);
    final RiskTable limits = new RiskTable(instrumentsMax, instruments, profiles, exposures, marks);
    final CoolingOff cooling = new CoolingOff(accountsMax, limits);
    settlement = new LimitedSettlement(new Settlement(instruments, accounts, ledger, positions, reservations, backing,
        contractOrders, contractFills, margin.debts), reservations, instruments, accounts, limits, cooling, exposures);
    controls = new RiskControls(new RiskControls.Rooms(assets, instruments, accounts, positions, contracts, halts,
        haltModes, profiles, limits, cooling, new CascadeBudget(instrumentsMax, limits), settlement));
    tokens = new TokenDesk(new TokenBook(assetsMax, instrumentsMax, assets, instruments, ledger, marks, validity),
        new PoolShares(accounts, accountsMax, instrumentsMax, balancesMax), margin, backing, gate, settlement, funds);
    state = owners(profiles);
  }

  private List<StateOwner> owners(final AccountProfiles profiles) {
    final RiskTable limits = controls.limits();
    return List.of(assets, instruments, accounts, ledger, holds, reservations, positions, marks, halts,
        contracts, margin.debts, margin.modes, margin.register, margin.collateral, indexPrices, markRule, validity,
        funding, margin.interest, limits, profiles, controls.cooling(), limits.volatility(), haltModes,
        controls.cascades(), margin.portfolio, margin.losses, tokens.book(), tokens.shares(),
        markRule.ownPrints());
  }

  // ---- registries

  public ReasonCode createAsset(
      final int assetId, final int scale, final int externalDecimals,
      final long w0, final long w1, final long w2, final long w3) {
    return assets.create(assetId, scale, externalDecimals, new Name(w0, w1, w2, w3));
  }

  public ReasonCode createInstrument(final CreateInstrumentDecoder command) {
    final ReasonCode code = instruments.create(command);
    final Instrument created = instruments.get(command.instrumentId());
    if (ReasonCode.OK == code && null != created && created.isContract()) {
      margin.allocate();
    }
    return code;
  }

  /** The registries of a snapshot have been loaded: takes the memory for contracts where there are any. */
  public void registriesLoaded() {
    for (int i = 0; i < instruments.count(); i++) {
      if (instruments.at(i).isContract()) {
        margin.allocate();
        return;
      }
    }
  }

  /** The name is optional; if there is one it is unique among accounts. */
  public ReasonCode createAccount(
      final long account, final AccountKind kind, final long w0, final long w1, final long w2, final long w3) {
    return accounts.create(account, kind, new Name(w0, w1, w2, w3));
  }

  /** The instrument, or null when there is none of this id. */
  public @Nullable Instrument instrument(final int instrumentId) {
    return instruments.get(instrumentId);
  }

  /** The asset, or null when there is none of this id. */
  public @Nullable Asset asset(final int assetId) {
    return assets.get(assetId);
  }

  /** Place of the account in order of creation, the index of {@link #accountAt}; -1 when unknown. */
  public int accountSlot(final long account) {
    return accounts.slotOf(account);
  }

  public boolean hasAccount(final long account) {
    return Accounts.NULL_SLOT != accounts.slotOf(account);
  }

  /** The kind, or {@link AccountKind#NULL_VAL} when there is no such account. */
  public AccountKind accountKind(final long account) {
    final int slot = accounts.slotOf(account);
    return Accounts.NULL_SLOT == slot ? AccountKind.NULL_VAL : accounts.at(slot).kind();
  }

  public int accountCount() {
    return accounts.count();
  }

  /** Id of the account created as number {@code index}, from 0. */
  public long accountAt(final int index) {
    return accounts.at(index).id();
  }

  /** Name of the account created as number {@code index}, from 0. */
  public Name accountName(final int index) {
    return accounts.at(index).name();
  }

  public int assetCount() {
    return assets.count();
  }

  /** The asset created as number {@code index}, from 0. */
  public Asset assetAt(final int index) {
    return assets.at(index);
  }

  public int instrumentCount() {
    return instruments.count();
  }

  /** The instrument created as number {@code index}, from 0. */
  public Instrument instrumentAt(final int index) {
    return instruments.at(index);
  }

  // ---- money in and out

  /**
   * Issues an amount from outside to an account.
   *
   * @param basisInstrumentId instrument whose whole lots in the amount were acquired at the price; 0: basis unknown
   */
  public ReasonCode deposit(
      final long account, final int assetId, final long amountUnits,
      final int basisInstrumentId, final int basisPriceTicks) {
    return funds.deposit(account, assetId, amountUnits, basisInstrumentId, basisPriceTicks);
  }

  /** Phase one of money out: free becomes held under an id that no hold has. */
  public ReasonCode holdFunds(final long account, final int assetId, final long amountUnits, final long holdId) {
    return funds.holdFunds(account, assetId, amountUnits, holdId);
  }

  /** Phase two: up to the held amount leaves to the outside, the rest is free again. */
  public ReasonCode settleHold(final long account, final long holdId, final long amountUnits) {
    return funds.settleHold(account, holdId, amountUnits);
  }

  /** Phase two, called off: all of it is free again. */
  public ReasonCode releaseHold(final long account, final long holdId) {
    return funds.releaseHold(account, holdId);
  }

  /** Whether there is such a hold of the account. */
  public boolean isHoldOf(final long account, final long holdId) {
    return funds.isHoldOf(account, holdId);
  }

  /** The asset of a hold; 0 when there is no such hold. */
  public int holdAsset(final long holdId) {
    return funds.holdAsset(holdId);
  }

  /** The amount of a hold; 0 when there is no such hold. */
  public long holdUnits(final long holdId) {
    return funds.holdUnits(holdId);
  }

  public long freeUnits(final long account, final int assetId) {
    return funds.freeUnits(account, assetId);
  }

  /** Held behind orders, rules and money on its way out. */
  public long heldUnits(final long account, final int assetId) {
    return funds.heldUnits(account, assetId);
  }

  /** The balance of an account of the house; 0 for an asset that does not exist. */
  public long systemUnits(final SystemAccount account, final int assetId) {
    return null == assets.get(assetId) ? 0 : ledger.systemUnits(account, assetId);
  }

  // ---- controls

  /** For orders accepted from now on; a negative maker rate is a rebate, which the taker rate must cover. */
  public ReasonCode setFees(final int instrumentId, final int makerFeeE8, final int takerFeeE8) {
    return instruments.setFees(instrumentId, makerFeeE8, takerFeeE8);
  }

  public ReasonCode setLimits(final SetLimitsDecoder command) {
    return instruments.setLimits(command);
  }

  /** Switches a full halt; see {@link RiskControls#setHalt}. */
  public ReasonCode setHalt(final HaltScope scope, final int instrumentId, final long account, final boolean on) {
    return controls.setHalt(scope, instrumentId, account, 0, on, HaltMode.FULL);
  }

  /** The risk table, pauses, and the wider kill switch. */
  public RiskControls controls() {
    return controls;
  }

  public RiskTable limits() {
    return controls.limits();
  }

  public CoolingOff cooling() {
    return controls.cooling();
  }

  /** Engine time moved: what counts in time from now on counts from here. */
  public void now(final long timeNs) {
    settlement.now(timeNs);
  }

  /** No new risk while any cause is on; cancels and the children of rules go on. */
  public void degraded(final DegradedCause cause, final boolean on) {
    halts.degraded(cause, on);
  }

  public boolean isDegraded() {
    return halts.isDegraded();
  }

  public boolean isDegraded(final DegradedCause cause) {
    return halts.isDegraded(cause);
  }

  /** OK, or the widest full halt that applies to the account in the instrument; unknown ones have the engine's only. */
  public ReasonCode haltReason(final long account, final int instrumentId) {
    return haltReason(account, instrumentId, true);
  }

  /** As {@link #haltReason(long, int)}; what does not reduce is stopped by halts that let only that in, too. */
  public ReasonCode haltReason(final long account, final int instrumentId, final boolean reduces) {
    final int accountSlot = accounts.slotOf(account);
    final int known = null == instruments.get(instrumentId) ? 0 : instrumentId;
    final ReasonCode code = halts.reason(accountSlot, known);
    return ReasonCode.OK == code ? haltModes.reason(accountSlot, known, reduces) : code;
  }

  // ---- orders

  /** Makes room for more reservations: one for each order and each rule that may live. Allocates. */
  public void grow(final int reservationsMax) {
    reservations.grow(reservationsMax);
  }

  /**
   * Whether an order of this side and size can only make what the account has at stake smaller. In spot that is a sale:
   * it needs the base asset, and there is nothing to owe. In a contract it closes lots that no open order closes yet.
   */
  public boolean reduces(
      final long account, final int instrumentId, final PositionSide positionSide, final Side side, final long lots) {
    final Instrument instrument = instruments.get(instrumentId);
    final boolean isContract = null != instrument && instrument.isContract();
    return isContract ? lots <= reducibleLots(account, instrumentId, positionSide, side) : Side.SELL == side;
  }

  /** Lots of a position that an order of the side could close, other orders apart; 0 when there is none. */
  public long reducibleLots(
      final long account, final int instrumentId, final PositionSide positionSide, final Side side) {
    final int position = findPosition(account, instrumentId, positionSide);
    return contractOrders.reducibleLots(position, Side.SELL == side);
  }

  /** Lots of a position that no open order of the side closes yet. */
  public long closableLots(
      final long account, final int instrumentId, final PositionSide positionSide, final Side side) {
    return contractOrders.closableLots(findPosition(account, instrumentId, positionSide), Side.SELL == side);
  }

  private int findPosition(final long account, final int instrumentId, final PositionSide positionSide) {
    final int accountSlot = accounts.slotOf(account);
    return Accounts.NULL_SLOT == accountSlot ? Contracts.NULL_POSITION
        : contracts.find(accountSlot, instrumentId, positionSide);
  }

  /** Whether the order would be let in, funds aside. No effect but on the request, whose results it works out. */
  public ReasonCode checkOrder(final OrderRequest request) {
    return gate.check(request);
  }

  /** As {@link #checkOrder}, for an order that is in the house already: whose it is, its reservation knows. */
  public ReasonCode checkAmend(final OrderRequest request, final int reservation) {
    return gate.check(request, reservations.accountSlot(reservation));
  }

  /**
   * Sets the money of an order or rule aside, at the rates of now. Reads side, {@code effectiveLimitTicks} (a buy's
   * worst price) and the size, in lots or as a quote amount; sets {@code reservation}.
   */
  public ReasonCode reserve(final OrderRequest request) {
    return settlement.reserve(request);
  }

  /** Moves what a fill moves: base, quote, fees and positions; frees what the hold of a better price leaves over. */
  public void settleFill(
      final int makerReservation, final int takerReservation, final int instrumentId, final Side takerSide,
      final int priceTicks, final long lots, final FillSettlement out) {
    settlement.settleFill(makerReservation, takerReservation, instrumentId, takerSide, priceTicks, lots, out);
  }

  /** Fewer lots stay open than did; what they no longer need is free. Not for a buy by quote amount. */
  public void reduce(final int reservation, final long newOpenLots) {
    settlement.reduce(reservation, newOpenLots);
  }

  /**
   * Holds what a new limit price and open size need, at the rates the reservation was accepted with. The price of a
   * sale does not matter. A refusal leaves all as it was. Not for a buy by quote amount.
   */
  public ReasonCode resize(final int reservation, final int newLimitTicks, final long newOpenLots) {
    return settlement.resize(reservation, newLimitTicks, newOpenLots);
  }

  /** As {@link #resize}, back to what the reservation was: no limit is asked, only the money has to be there. */
  public ReasonCode restore(final int reservation, final int limitTicks, final long openLots) {
    return settlement.restore(reservation, limitTicks, openLots);
  }

  /** What is left of the hold is free, and the reservation is no more. */
  public void release(final int reservation) {
    settlement.release(reservation);
  }

  /** Money on its way out, for whoever lists it. */
  public Holds holds() {
    return holds;
  }

  /** What a reservation holds now, in base units when it sells, in quote units when it buys. */
  public long reservedUnits(final int reservation) {
    return reservations.heldUnits(reservation);
  }

  /** Fees charged so far, both roles, less rebates, in units of the fee asset. */
  public long reservationFeeUnits(final int reservation) {
    return reservations.feeUnits(reservation);
  }

  // ---- contracts and margin

  /** New terms of a contract; where they are not in force at once, {@link #marginRegister} carries them on. */
  public ReasonCode setMargin(final SetMarginDecoder command) {
    return marginControl.setMargin(command);
  }

  public ReasonCode setCollateral(final SetCollateralDecoder command) {
    return marginControl.setCollateral(command);
  }

  public ReasonCode setAccountMode(final SetAccountModeDecoder command) {
    return marginControl.setAccountMode(command);
  }

  public ReasonCode setLeverage(final SetLeverageDecoder command) {
    return marginControl.setLeverage(command, limits());
  }

  public ReasonCode adjustMargin(final AdjustMarginDecoder command) {
    return marginControl.adjust(command);
  }

  /** The margin terms in force, and those on their way through the accounts. */
  public MarginRegister marginRegister() {
    return margin.register;
  }

  /** What accounts have and need, in the reference asset. */
  public MarginBook marginBook() {
    return margin.book;
  }

  /** Volatilities and numbers of portfolio margin, and what accounts in that mode need. */
  public PortfolioBook portfolioBook() {
    return margin.portfolio;
  }

  /** What one position has gained or lost and needs, in its settle asset. */
  public LegMargin legMargin() {
    return margin.leg;
  }

  public AccountModes accountModes() {
    return margin.modes;
  }

  public CollateralBook collateral() {
    return margin.collateral;
  }

  /** What margin accounts owe the house. */
  public Debts debts() {
    return margin.debts;
  }

  /** Settles what has accrued on a position, which goes on as it is. */
  public void touch(final int position) {
    contractFills.touch(position);
  }

  /** The position behind a reservation of a contract's order. */
  public int positionOf(final int reservation) {
    return contractOrders.position(reservation);
  }

  /** Which position the order of a reservation trades; NET in spot. */
  public PositionSide positionSide(final int reservation) {
    return reservations.isContract(reservation) ? reservations.positionSide(reservation) : PositionSide.NET;
  }

  /** Whether a reservation may only close, by its own word or since its side of hedge mode cannot cross zero. */
  public boolean isReduceOnly(final int reservation) {
    return reservations.isContract(reservation) && reservations.isReduceOnly(reservation);
  }

  /**
   * Lots go from one position to another of the same contract at a value in settle units, without an order and without
   * a fee: the first sells them when above zero, and buys when below. Results are those of a fill, the first as maker.
   */
  public void exchange(
      final int fromPosition, final int toPosition, final long lots, final long valueUnits,
      final FillSettlement out) {
    contractFills.exchange(fromPosition, toPosition, lots, valueUnits, out);
  }

  /** A position of the account; a new one where there is none; {@link Contracts#NULL_POSITION} without room. */
  public int openPosition(final int accountSlot, final int instrumentId, final PositionSide side) {
    return contractOrders.openPosition(accountSlot, instrumentId, side);
  }

  /** Closes a position at the last settlement of its instrument; returns what it realised. */
  public long settlePosition(final int position, final int settlementTicks, final FinalSettlement out) {
    return contractFills.settle(position, settlementTicks, out);
  }

  /** All positions of an instrument are settled. */
  public void finishSettlement(final int instrumentId, final FinalSettlement out) {
    contractFills.finish(margin.instrument(instrumentId), out);
  }

  /** From the account's free balance to an account of the house; what is not there it borrows. */
  public void payHouse(final int accountSlot, final int assetId, final SystemAccount to, final long amountUnits) {
    margin.debts.pay(ledger.open(accountSlot, assetId), assetId, to, amountUnits);
  }

  /** From an account of the house to the account; what it owes of the asset is paid back first. */
  public void receiveFromHouse(
      final int accountSlot, final int assetId, final SystemAccount from, final long amountUnits) {
    margin.debts.receive(ledger.open(accountSlot, assetId), assetId, from, amountUnits);
  }

  /** From the free money of an account to one of the house; what is not there it borrows. */
  public void payToHouse(
      final int accountSlot, final int assetId, final SystemAccount to, final long amountUnits) {
    margin.debts.pay(ledger.open(accountSlot, assetId), assetId, to, amountUnits);
  }

  /** Between two accounts of the house. */
  public void moveHouse(
      final int assetId, final SystemAccount from, final SystemAccount to, final long amountUnits) {
    ledger.move(assetId, from, to, amountUnits);
  }

  /** From the world outside to a fund of the house, or out of it below zero. */
  public ReasonCode fundHouse(final SystemAccount fund, final int assetId, final long amountUnits) {
    return funds.fundHouse(fund, assetId, amountUnits);
  }

  /** Who takes positions over, at these terms. */
  public Takeover takeover(final LiquidationTerms terms, final BankruptLots bankrupt, final HouseCash cash) {
    return new Takeover(instruments, contracts, terms, bankrupt, cash);
  }

  /** Who deleverages, at these terms. */
  public Deleveraging deleveraging(final LiquidationTerms terms, final BankruptLots bankrupt, final HouseCash cash) {
    return new Deleveraging(accounts, instruments, contracts, terms, bankrupt, cash, contracts.capacity());
  }

  /**
   * Charges a loss that the house has paid to all who have lots of the instrument, except for one position of the
   * house; F-46.
   *
   * @return what a lot is charged, in 10^-8 settle units; 0: nobody can be charged
   */
  public long shareLoss(final int exemptPosition, final long lossUnits) {
    touch(exemptPosition);
    return margin.losses.charge(contracts.instrumentId(exemptPosition), exemptPosition, lossUnits);
  }

  /** Losses that all holders of an instrument bear, to look at. */
  public LossIndex losses() {
    return margin.losses;
  }

  /** Who undoes trades; each has one plan at a time. */
  public TradeReversal reversal() {
    return new TradeReversal(margin, positions, contractFills);
  }

  /** Whether the account has a balance in the asset, or there is room for one. */
  public boolean hasRoomFor(final int accountSlot, final int assetId) {
    return Ledger.NULL_BALANCE != ledger.find(accountSlot, assetId) || ledger.hasRoom(1);
  }

  /** Balances, to look at. */
  public Ledger ledger() {
    return ledger;
  }

  /** From the margin of an isolated position to free; no more than there is. */
  public void freeMargin(final int position, final long amountUnits) {
    contractFills.adjust(position, -Math.min(amountUnits, contracts.marginUnits(position)));
  }

  /** Leveraged tokens and synthetic assets, and the pools they are issued against. */
  public TokenDesk tokens() {
    return tokens;
  }

  // ---- the rest

  /** Looks at the balances behind a reservation, so that they are near when they are needed; means nothing. */
  public long glance(final int reservation) {
    return ledger.freeUnits(reservations.holdBalance(reservation))
        + ledger.freeUnits(reservations.otherBalance(reservation));
  }

  /** Walks everything: sums are zero, held is what is reserved. Allocates; for tests and snapshots. */
  public void assertConserved() {
    new Conservation(assets, instruments, accounts, ledger, holds, reservations, contracts, margin)
        .assertConserved();
    tokens.assertConserved();
  }

  public Positions positions() {
    return positions;
  }

  /** Positions in contracts; those in spot are {@link #positions}. */
  public Contracts contracts() {
    return contracts;
  }

  public Marks marks() {
    return marks;
  }

  /** Rules of prices, and the indices that sources make. */
  public IndexPrices indexPrices() {
    return indexPrices;
  }

  /** What makes a mark out of an index. */
  public MarkRule markRule() {
    return markRule;
  }

  /** What perpetuals have paid, and when and how much next. */
  public FundingIndex funding() {
    return funding;
  }

  /** What borrowers pay and lenders receive, and when next. */
  public InterestIndex interest() {
    return margin.interest;
  }

  /** An interval of an asset is over: what is owed by now pays for it. */
  public void settleInterest(final int assetId, final long nowNs) {
    margin.interest.accrue(assetId, margin.debts.totalUnits(assetId), ledger.depositsUnits(assetId), nowNs);
  }

  /** What marks and indices are good for. */
  public PriceValidity validity() {
    return validity;
  }

  /** The owners of state by component id, in which order they are saved and loaded. */
  public List<StateOwner> state() {
    return state;
  }
}
