package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.BTC;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.GrowCapacityEncoder;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.HoldFundsEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RevokeKeyEncoder;
import io.gavel.codecs.sbe.SetFeesEncoder;
import io.gavel.codecs.sbe.SetHaltEncoder;
import io.gavel.codecs.sbe.SetSecurityEncoder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands that two people have to want: sessions 1 and 2 belong to two guardians, 3 and 4 to two of one principal. */
class ProposalTest {

  private static final String FEES = "template=" + SetFeesEncoder.TEMPLATE_ID;

  private Core core = Core.spot();

  @BeforeEach
  void askForTwoPeople() {
    assertEquals(ReasonCode.OK, core.grant(1, 1, KeyScope.values()));
    assertEquals(ReasonCode.OK, core.grant(2, 2, KeyScope.values()));
    assertEquals(ReasonCode.OK, core.grant(3, 3, KeyScope.OPERATOR, KeyScope.WITHDRAW));
    assertEquals(ReasonCode.OK, core.grant(4, 3, KeyScope.OPERATOR, KeyScope.WITHDRAW));
    assertEquals(ReasonCode.OK, core.grant(5, 5, KeyScope.TRADE));
    assertEquals(ReasonCode.OK, dual(50, 1_000));
    core.as(1);
  }

  private ReasonCode dual(final long delayNs, final long timeToLiveNs) {
    return core.dual(delayNs, timeToLiveNs, SetFeesEncoder.TEMPLATE_ID, SetHaltEncoder.TEMPLATE_ID,
        HoldFundsEncoder.TEMPLATE_ID, GrantKeyEncoder.TEMPLATE_ID, RevokeKeyEncoder.TEMPLATE_ID,
        SetSecurityEncoder.TEMPLATE_ID, GrowCapacityEncoder.TEMPLATE_ID);
  }

  private int makerFeeE8() {
    return core.machine.risk().instrument(1).makerFeeE8();
  }

  @Test
  void shouldTakeEffectAfterTheSecondWordAndTheDelay() {
    assertEquals(ReasonCode.PROPOSED, core.at(100).fees(7, 9));
    assertEquals(List.of("proposal 1 PROPOSED by=1 " + FEES + " next=1100 id=0 OK"), core.take());
    core.restart();
    assertEquals(ReasonCode.OK, core.at(200).as(2).approve(1, true));
    assertEquals(List.of("proposal 1 APPROVED by=2 " + FEES + " next=250 id=0 OK"), core.take());
    core.restart();
    core.as(5).at(249).limit(ALICE, BUY, 1, 1);
    core.take();
    assertEquals(0, makerFeeE8());

    core.at(260).limit(ALICE, BUY, 1, 1);
    assertEquals("proposal 1 EXECUTED by=1 " + FEES + " next=0 id=0 OK", core.take().get(0));
    assertEquals(7, makerFeeE8());
    assertEquals(250, core.machine.engineTimeNs() - 10, "at its own time, before the command that came later");
    assertEquals(0, core.machine.proposalCount());
  }

  @Test
  void shouldExecuteWithTheApprovalWhereThereIsNoDelay() {
    assertEquals(ReasonCode.OK, withoutDelay());
    assertEquals(ReasonCode.PROPOSED, core.as(3).hold(ALICE, USD, 101));
    core.take();
    final long id = core.machine.proposalId(0);
    assertEquals(ReasonCode.OK, core.as(1).approve(id, true));

    final List<String> events = core.take();
    assertEquals(3, events.size(), events.toString());
    assertEquals("proposal " + id + " APPROVED by=1 template=7 next=50 id=0 OK", events.get(0));
    assertEquals("proposal " + id + " EXECUTED by=3 template=7 next=0 id=" + (id + 1) + " OK", events.get(2));
    assertEquals(101, core.machine.risk().holdUnits(id + 1));
  }

  /** Changing the rule is itself a matter of two. */
  private ReasonCode withoutDelay() {
    assertEquals(ReasonCode.PROPOSED, dual(0, 1_000));
    assertEquals(ReasonCode.OK, core.as(2).approve(core.machine.proposalId(0), true));
    core.as(5).at(50).limit(ALICE, BUY, 1, 1);
    core.take();
    assertEquals(0, core.machine.proposalCount());
    return ReasonCode.OK;
  }

  @Test
  void shouldForgetWhatNobodyApprovedInTime() {
    core.at(100).fees(7, 9);
    core.take();
    core.as(5).at(1_099).limit(ALICE, BUY, 1, 1);
    core.take();
    assertEquals(ReasonCode.UNKNOWN_PROPOSAL, core.as(2).at(1_100).approve(1, true));
    assertEquals(List.of("proposal 1 EXPIRED by=0 " + FEES + " next=0 id=0 OK"), core.take());
    assertEquals(0, makerFeeE8());
  }

  @Test
  void shouldTakeBackAProposalBeforeAndAfterItsApproval() {
    core.fees(7, 9);
    core.fees(8, 9);
    core.take();
    assertEquals(ReasonCode.OK, core.as(1).approve(1, false), "who proposed it may take it back");
    assertEquals(List.of("proposal 1 REJECTED by=1 " + FEES + " next=0 id=0 OK"), core.take());
    core.as(2).approve(2, true);
    core.take();
    assertEquals(ReasonCode.OK, core.as(3).approve(2, false), "the delay is there for this");
    core.at(10_000).as(5).limit(ALICE, BUY, 1, 1);

    assertEquals(0, makerFeeE8());
    assertEquals(0, core.machine.proposalCount());
  }

  @Test
  void shouldNeedTheSecondWordOfSomebodyElseWhoMayAskForTheSame() {
    assertEquals(ReasonCode.PROPOSED, core.as(3).fees(7, 9));
    assertEquals(ReasonCode.SAME_PRINCIPAL, core.approve(1, true));
    assertEquals(ReasonCode.SAME_PRINCIPAL, core.as(4).approve(1, true), "another session of the same principal");
    assertEquals(ReasonCode.SCOPE_MISSING, core.as(5).approve(1, true));
    assertEquals(ReasonCode.SCOPE_MISSING, core.as(5).approve(1, false));
    assertEquals(ReasonCode.NOT_AUTHORISED, core.as(9).approve(1, true));
    assertEquals(ReasonCode.UNKNOWN_PROPOSAL, core.as(1).approve(2, true));
    assertEquals(ReasonCode.OK, core.approve(1, true));
    assertEquals(ReasonCode.UNKNOWN_PROPOSAL, core.as(2).approve(1, true), "there is no third word");
  }

  @Test
  void shouldWorkOffWhatIsDueInTheOrderOfItsTimes() {
    core.at(60).as(3).fees(5, 5);
    core.as(1).approve(1, true);
    core.at(61).revoke(3);
    core.as(2).approve(2, true);
    core.take();
    core.as(5).at(111).limit(ALICE, BUY, 1, 1);

    final List<String> events = core.take();
    assertEquals("proposal 1 EXECUTED by=3 " + FEES + " next=0 id=0 OK", events.get(0), "before the key goes");
    assertEquals("proposal 2 EXECUTED by=1 template=33 next=0 id=0 OK", events.get(1));
    assertEquals(5, makerFeeE8());
  }

  @Test
  void shouldRefuseAKeyThatIsOverBeforeItIsGranted() {
    core.grant(6, 6, KeyScope.OPERATOR.bit(), g -> g.expiryTimeNs(40));
    core.as(2).approve(1, true);
    core.take();
    assertEquals(ReasonCode.NOT_AUTHORISED, core.at(50).as(6).limit(ALICE, BUY, 1, 1));
    assertEquals(List.of("proposal 1 REFUSED by=1 template=32 next=0 id=0 KEY_INVALID"), core.take());
  }

  @Test
  void shouldRefuseWhatAKeyRevokedMeanwhileAskedFor() {
    core.as(1).revoke(3);
    final long revocation = core.machine.proposalId(0);
    core.as(2).at(10).approve(revocation, true);
    core.as(3).at(20).fees(5, 5);
    final long id = core.machine.proposalId(1);
    core.as(1).approve(id, true);
    core.take();
    core.as(5).at(70).limit(ALICE, BUY, 1, 1);

    final List<String> events = core.take();
    assertEquals("proposal " + revocation + " EXECUTED by=1 template=33 next=0 id=0 OK", events.get(0));
    assertEquals("proposal " + id + " REFUSED by=3 " + FEES + " next=0 id=0 NOT_AUTHORISED", events.get(1));
    assertEquals(0, makerFeeE8());
  }

  @Test
  void shouldRefuseWhatAKeyRevokedMeanwhileHadApproved() {
    core.revoke(3);
    core.as(2).at(10).approve(1, true);
    core.as(1).at(20).fees(5, 5);
    assertEquals(ReasonCode.OK, core.as(3).approve(2, true));
    core.take();
    core.as(5).at(70).limit(ALICE, BUY, 1, 1);

    assertEquals("proposal 2 REFUSED by=1 " + FEES + " next=0 id=0 NOT_AUTHORISED", core.take().get(1));
    assertEquals(0, makerFeeE8());
  }

  @Test
  void shouldHaltAtOnceAndGoOnOnlyWithTwo() {
    assertEquals(ReasonCode.OK, core.halt(HaltScope.ENGINE, 0, 0, true));
    assertEquals(ReasonCode.HALTED_ENGINE, core.as(5).limit(ALICE, BUY, 1, 1));
    assertEquals(ReasonCode.PROPOSED, core.as(1).halt(HaltScope.ENGINE, 0, 0, false));
    assertEquals(ReasonCode.HALTED_ENGINE, core.as(5).limit(ALICE, BUY, 1, 1));
    assertEquals(ReasonCode.OK, core.as(2).approve(1, true));
    assertEquals(ReasonCode.OK, core.at(50).as(5).limit(ALICE, BUY, 1, 1));
  }

  @Test
  void shouldLetOnePersonMoveASmallAmountOfAListedAsset() {
    core.as(3).hold(ALICE, USD, 100);
    assertEquals(100, core.machine.risk().heldUnits(ALICE, USD));
    core.hold(ALICE, USD, 101);
    core.hold(ALICE, BTC, 1);
    assertEquals(2, core.machine.proposalCount());
    assertEquals(0, core.machine.risk().heldUnits(ALICE, BTC), "an asset that is not listed");
  }

  @Test
  void shouldTellWhyWhatWasApprovedCannotBeDone() {
    core.as(3).hold(ALICE, BTC, 1_000_001);
    core.as(1).approve(1, true);
    core.take();
    core.as(5).at(50).limit(ALICE, BUY, 1, 1);
    assertEquals("proposal 1 REFUSED by=3 template=7 next=0 id=0 INSUFFICIENT_BALANCE", core.take().get(0));
  }

  @Test
  void shouldRefuseAnApprovedCommandThatHasExpiredItself() {
    core.send(new SetFeesEncoder(), 0, 1, 1, 30, c -> c.instrumentId(1).makerFeeE8(7).takerFeeE8(9));
    core.as(2).approve(1, true);
    core.take();
    core.as(5).at(50).limit(ALICE, BUY, 1, 1);
    assertEquals("proposal 1 REFUSED by=1 " + FEES + " next=0 id=0 COMMAND_EXPIRED", core.take().get(0));
  }

  @Test
  void shouldAnswerADuplicateOfAProposalWithItsId() {
    core.send(new SetFeesEncoder(), 0, 1, 1, 0, c -> c.instrumentId(1).makerFeeE8(7).takerFeeE8(9));
    core.send(new SetFeesEncoder(), 0, 1, 1, 0, c -> c.instrumentId(1).makerFeeE8(7).takerFeeE8(9));
    assertEquals("answer PROPOSED id=1", core.events.get(core.events.size() - 1).split(" duplicate", 2)[0]);
    assertEquals(1, core.machine.proposalCount());
  }

  @Test
  void shouldMakeRoomWithTwo() {
    final int before = core.config.ordersMax();
    core.grow(2 * before);
    core.as(2).approve(1, true);
    core.take();
    core.as(5).at(50).limit(ALICE, BUY, 1, 1);

    final List<String> events = core.take();
    assertEquals("capacity orders=" + 2 * before, events.get(0), "what it causes comes before its end");
    assertEquals("proposal 1 EXECUTED by=1 template=28 next=0 id=0 OK", events.get(1));
  }

  @Test
  void shouldKeepProposalsInTheStateAndNothingWhenThereAreNone() {
    final List<String> before = core.state();
    core.fees(1, 1);
    assertNotEquals(before, core.state());
    core.approve(1, false);
    assertEquals(before.stream().filter(line -> !line.startsWith("20 ")).toList(),
        core.state().stream().filter(line -> !line.startsWith("20 ")).toList(), "but for the id it took");
  }

  @Test
  void shouldHaveTwoPeopleUndoATradeWhateverTheHouseAsksForElse() {
    final Core plain = Core.spot();
    final RemedyDesk desk = new RemedyDesk(plain);
    desk.trader(50, 1_000, 1_000_000);
    desk.trader(51, 1_000, 1_000_000);
    assertEquals(ReasonCode.OK, desk.keep(4));
    final long trade = desk.trade(50, 51, 1_000, 1);
    assertEquals(ReasonCode.OK, plain.grant(1, 1, KeyScope.values()));
    assertEquals(ReasonCode.OK, plain.grant(2, 2, KeyScope.OPERATOR, KeyScope.SECURITY));
    assertEquals(ReasonCode.OK, plain.security(true));
    plain.as(1);
    assertEquals(ReasonCode.PROPOSED, desk.bust(trade));
    assertEquals(ReasonCode.PROPOSED, desk.compensate(50, 1, 1, 1, c -> { }));
    assertEquals(999_000, plain.free(50, USD));
    final long proposal = plain.machine.proposalId(0);
    assertEquals(ReasonCode.SAME_PRINCIPAL, plain.approve(proposal, true));
    assertEquals(ReasonCode.OK, plain.as(2).approve(proposal, true));
    assertEquals(1_000_000, plain.free(50, USD));
    plain.at(Proposals.LIFE_NS_DEFAULT + 1).as(1).fees(1, 2);
    assertEquals(0, plain.machine.proposalCount(), "what nobody says a second word to is forgotten after a day");
  }
}
