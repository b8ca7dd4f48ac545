package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.ContractSpec;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.scenario.ScenarioReader;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.Codes;
import io.gavel.engine.ConditionWords;
import io.gavel.engine.Gavel;
import io.gavel.engine.OrderTicket;
import io.gavel.engine.RuleTicket;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says a scenario to an engine in the words of its facades: market, money, orders and rules, each as a command. */
final class Setup {

  private final Scenario scenario;
  private final Gavel engine;
  private final Requests requests;
  private final RunRecorder recorder;
  private final Runnable drive;
  private final int instrumentId;
  private final TrueRanges ranges;

  Setup(final Scenario scenario, final Gavel engine, final Requests requests, final RunRecorder recorder,
      final Runnable drive, final int instrumentId, final TrueRanges ranges) {
    this.scenario = scenario;
    this.engine = engine;
    this.requests = requests;
    this.recorder = recorder;
    this.drive = drive;
    this.instrumentId = instrumentId;
    this.ranges = ranges;
  }

  /** Assets, instrument, accounts and deposits; a refusal ends the run, since nothing after it would make sense. */
  void found() {
    final Scenario.Market market = scenario.market();
    must("CreateAsset", market.baseSymbol(), () -> engine.admin().asset(market.baseSymbol(), market.baseScale()));
    must("CreateAsset", market.quoteSymbol(), () -> engine.admin().asset(market.quoteSymbol(), market.quoteScale()));
    final ContractSetup contract = contract(market);
    if (null != contract) {
      contract.found();
    } else {
      spot(market);
    }
    must("CreateAccount", ScenarioReader.TAPE_ACCOUNT,
        () -> engine.admin().account(ScenarioReader.TAPE_ACCOUNT, AccountKind.TAPE));
    fund(market.baseSymbol(), market.baseScale());
    fund(market.quoteSymbol(), market.quoteScale());
    liquidation(contract);
    for (final Scenario.AccountSpec account : scenario.accounts()) {
      must("CreateAccount", account.name(), () -> engine.admin().account(account.name()));
      for (final Map.Entry<String, String> deposit : account.deposits().entrySet()) {
        final boolean hasBasis = null != account.basisPx() && deposit.getKey().equals(market.baseSymbol());
        must("Deposit", account.name() + " " + deposit.getValue() + " " + deposit.getKey(),
            () -> engine.admin().deposit(account.name(), deposit.getKey(), deposit.getValue(),
                hasBasis ? market.instId() : null, hasBasis ? account.basisPx() : null));
      }
      if (null != contract) {
        contract.account(account);
      }
    }
  }

  private void liquidation(final @Nullable ContractSetup contract) {
    final ContractSpec spec = scenario.contract();
    final ContractSpec.Liquidation terms = null == spec ? null : spec.liquidation();
    if (null != contract && null != spec && null != terms) {
      must("CreateAccount", ScenarioReader.BACKSTOP_ACCOUNT,
          () -> engine.admin().account(ScenarioReader.BACKSTOP_ACCOUNT));
      if (terms.backstopUnits() > 0) {
        final String amount = DecimalText.format(terms.backstopUnits(), spec.settleScale());
        must("Deposit", ScenarioReader.BACKSTOP_ACCOUNT + " " + amount,
            () -> engine.admin().deposit(ScenarioReader.BACKSTOP_ACCOUNT, spec.settleSymbol(), amount));
      }
      contract.liquidation(terms);
    }
  }

  private void spot(final Scenario.Market market) {
    must("CreateInstrument", market.instId(), () -> engine.admin().instrument(market.instId(), i -> i
        .tickSz(market.tickSz()).lotSz(market.lotSz()).makerFee(market.makerFee()).takerFee(market.takerFee())
        .feeAsset(market.feeAsset()).protectionBps(market.protectionBps())));
  }

  private @Nullable ContractSetup contract(final Scenario.Market market) {
    final ContractSpec spec = scenario.contract();
    return null == spec ? null
        : new ContractSetup(market, spec, engine.directory(), engine.ingress(), this::must, instrumentId);
  }

  void place(final Scenario.OrderSpec spec) {
    final long id = requests.add("PlaceOrder", spec.clOrdId(), null);
    offered(engine.orders().place(ticket -> fill(ticket.reqId(id), spec)));
  }

  void arm(final Scenario.RuleSpec spec) {
    final long id = requests.add("ArmRule", spec.algoClOrdId(), spec);
    offered(engine.rules().arm(ticket -> fill(ticket.reqId(id), spec)));
  }

  /** Half of all the units there can be: more than a tape can trade, and the sum with all deposits still fits. */
  private void fund(final String asset, final int scale) {
    final String amount = DecimalText.format(Long.MAX_VALUE / 4, scale);
    must("Deposit", ScenarioReader.TAPE_ACCOUNT + " " + amount + " " + asset,
        () -> engine.admin().deposit(ScenarioReader.TAPE_ACCOUNT, asset, amount));
  }

  private void must(final String command, final String subject, final Runnable send) {
    engine.admin().reqId(requests.add(command, subject, null));
    send.run();
    drive.run();
    if (ReasonCode.OK != recorder.lastCode()) {
      throw new RunException("the engine refused the scenario: " + command + " " + subject + ": "
          + recorder.lastCode());
    }
  }

  private void offered(final long code) {
    if (code < 0) {
      throw new RunException("the engine took no command: " + Codes.describe(code));
    }
    drive.run();
  }

  private void fill(final OrderTicket ticket, final Scenario.OrderSpec spec) {
    ticket.acct(spec.acct()).instId(scenario.market().instId()).clOrdId(spec.clOrdId()).side(spec.side())
        .ordType(Scenario.OrderKind.MARKET == spec.kind() ? OrdType.MARKET : OrdType.LIMIT)
        .protectionBps(spec.protectionBps()).postOnly(Scenario.OrderKind.POST_ONLY == spec.kind())
        .reduceOnly(spec.reduceOnly()).posSide(spec.posSide());
    if (Scenario.OrderKind.IOC == spec.kind()) {
      ticket.tif(TimeInForce.IOC);
    } else if (Scenario.OrderKind.FOK == spec.kind()) {
      ticket.tif(TimeInForce.FOK);
    }
    ifSaid(spec.px(), ticket::px);
    ifSaid(spec.sz(), ticket::sz);
    ifSaid(spec.quoteSz(), ticket::quoteSz);
  }

  private void fill(final RuleTicket ticket, final Scenario.RuleSpec spec) {
    ticket.acct(spec.acct()).instId(scenario.market().instId()).algoClOrdId(spec.algoClOrdId()).side(spec.side())
        .triggerPxType(spec.triggerPxType()).armPolicy(spec.armPolicy()).startTime(spec.startTimeNs())
        .endTime(spec.endTimeNs()).expiryAction(spec.expiryAction()).protectionBps(spec.protectionBps());
    ifSaid(spec.tpTriggerPx(), ticket::tpTriggerPx);
    ifSaid(spec.tpOrdPx(), ticket::tpOrdPx);
    ifSaid(spec.slTriggerPx(), ticket::slTriggerPx);
    ifSaid(spec.slOrdPx(), ticket::slOrdPx);
    ifSaid(spec.callbackRatio(), ticket::callbackRatio);
    ifSaid(spec.callbackSpread(), ticket::callbackSpread);
    final Scenario.Atr atr = spec.atr();
    ifSaid(null == atr ? null : ranges.distance(spec.algoClOrdId(), atr), ticket::callbackSpread);
    ifSaid(spec.callbackOrdPx(), ticket::callbackOrdPx);
    ifSaid(spec.activePx(), ticket::activePx);
    ifSaid(spec.whenOrdPx(), ticket::whenOrdPx);
    if (null != spec.when()) {
      ticket.when(ConditionWords.read(spec.when()));
    }
    ifSaid(spec.sz(), ticket::sz);
    ifSaid(spec.closeFraction(), ticket::closeFraction);
    if (null != spec.relation()) {
      fill(ticket, spec.relation());
    }
    if (null != spec.work()) {
      WorkFields.fill(ticket, spec.work());
    }
  }

  private static void fill(final RuleTicket ticket, final Scenario.Relation relation) {
    if (relation.position()) {
      ticket.attachPosition(relation.posSide());
    }
    ticket.priority(relation.priority());
    if (null != relation.profit()) {
      ticket.profit(relation.profit(), relation.profitUnit());
    }
    if (null != relation.loss()) {
      ticket.loss(relation.loss(), relation.lossUnit());
    }
    ifSaid(relation.profitOrdPx(), ticket::profitOrdPx);
    ifSaid(relation.lossOrdPx(), ticket::lossOrdPx);
    ifSaid(relation.callbackStep(), ticket::callbackStep);
  }

  private static void ifSaid(final @Nullable String value, final Consumer<String> field) {
    if (null != value) {
      field.accept(value);
    }
  }
}
