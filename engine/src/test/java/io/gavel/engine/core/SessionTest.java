package io.gavel.engine.core;

import static io.gavel.codecs.sbe.Side.BUY;
import static io.gavel.engine.core.Core.ALICE;
import static io.gavel.engine.core.Core.USD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldEncoder;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session may rely on: an answer given once is given again, and time comes before the command. */
class SessionTest {

  private final Core core = Core.spot();

  @Test
  void shouldAnswerADuplicateAsBeforeAndDoNothing() {
    deposit(5, 1, 10);
    deposit(5, 2, 20);
    final List<String> before = core.state();
    core.events.clear();

    deposit(5, 1, 10);
    deposit(5, 2, 20);

    assertEquals(List.of("answer OK duplicate of 14", "answer OK duplicate of 15"), core.events);
    assertEquals(before, core.state());
    assertEquals(1_000_000_030, core.free(ALICE, USD));
  }

  /** Found by the simulator, seed 1294: 1 xor 3 is 2 xor 0, and the digest of a command mixed the two by xor. */
  @Test
  void shouldNotTakeAnotherAccountsCommandForADuplicate() {
    core.send(new ReleaseHoldEncoder(), 1, 5, 1, 0, c -> c.holdId(3));
    core.events.clear();

    assertEquals(ReasonCode.DUPLICATE_MISMATCH, core.send(new ReleaseHoldEncoder(), 2, 5, 1, 0, c -> c.holdId(0)));
    assertEquals(ReasonCode.DUPLICATE_MISMATCH, core.send(new ReleaseHoldEncoder(), 3, 5, 1, 0, c -> c.holdId(1)));
  }

  @Test
  void shouldRepeatARefusalToo() {
    deposit(5, 1, 0);
    core.events.clear();

    deposit(5, 1, 0);

    assertEquals(List.of("answer AMOUNT_NOT_POSITIVE duplicate of 14"), core.events);
  }

  @Test
  void shouldRememberOverARestart() {
    deposit(5, 7, 10);
    core.restart();
    core.events.clear();

    deposit(5, 7, 10);
    assertEquals(ReasonCode.SESSION_SEQUENCE_GAP, deposit(5, 9, 10));
    assertEquals(ReasonCode.OK, deposit(5, 8, 10));

    assertEquals("answer OK duplicate of 14", core.events.get(0));
  }

  @Test
  void shouldWorkOffDeadlinesInOrderEachAtItsOwnTime() {
    core.at(1);
    for (final long expiry : new long[] {30, 20, 30, 10}) {
      core.order(ALICE, BUY, 100, 1, c -> c.timeInForce(TimeInForce.GTD).expireTimeNs(expiry));
    }
    core.take();
    core.eventTimesNs.clear();

    core.time(100);

    assertEquals(List.of(10L, 20L, 30L, 30L, 100L), core.eventTimesNs);
    assertEquals(List.of("closed 4 EXPIRED_GTD filled=0 cancelled=1", "closed 2 EXPIRED_GTD filled=0 cancelled=1",
        "closed 1 EXPIRED_GTD filled=0 cancelled=1", "closed 3 EXPIRED_GTD filled=0 cancelled=1"), core.take());
  }

  private ReasonCode deposit(final long session, final long number, final long units) {
    return core.send(new DepositEncoder(), ALICE, session, number, 0,
        d -> d.assetId(USD).basisInstrumentId(0).amountUnits(units).basisPriceTicks(0));
  }
}
