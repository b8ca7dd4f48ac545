package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.HoldFundsEncoder;
import io.gavel.codecs.sbe.ReleaseHoldEncoder;
import io.gavel.codecs.sbe.SettleHoldEncoder;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.ring.Ingress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: money leaves once. Method: a bank that forgets what it heard, and answers twice and the opposite. */
class AdapterLinkTest {

  private static final Logger NOTICES = Logger.getLogger("io.gavel.engine");
  private static final long ALICE = 1;
  private static final int USDT = 2;
  private static final long UNITS = 5_000;

  @TempDir
  private Path dir;

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  /** Saves nothing, so that it hears everything again; settles each hold, once more, and releases it. */
  private static final class Bank implements AdapterPort {
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final ArrayDeque<Long> holds = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();

    @Override
    public long savedSequence() {
      return 0;
    }

    @Override
    public int savedIndex() {
      return 0;
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
      if (BalanceChangedDecoder.TEMPLATE_ID == EventKey.templateId(buffer, offset)) {
        balance.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
            EventKey.version(buffer, offset));
        if (0 != balance.holdId()) {
          heard.add(balance.cause() + " " + balance.changeUnits());
        }
        if (BalanceCause.HOLD == balance.cause()) {
          holds.add(balance.holdId());
        }
      }
    }

    @Override
    public int answer(final Ingress commands) {
      int taken = 0;
      while (!holds.isEmpty()) {
        final long id = holds.poll();
        for (int i = 0; i < 2; i++) {
          final SettleHoldEncoder settle = commands.begin(new SettleHoldEncoder());
          settle.header().account(ALICE);
          settle.holdId(id).amountUnits(UNITS);
          taken += commands.offer() < 0 ? 0 : 1;
        }
        final ReleaseHoldEncoder release = commands.begin(new ReleaseHoldEncoder());
        release.header().account(ALICE);
        release.holdId(id);
        taken += commands.offer() < 0 ? 0 : 1;
      }
      return taken;
    }
  }

  private GavelContext context() {
    return new GavelContext().dir(dir).config(Scene.CONFIG).clock(new TestClock()).journalBlockBytes(64 << 10);
  }

  private static void work(final Gavel engine, final AdapterLink link) {
    for (int i = 0; i < 10; i++) {
      link.doWork();
      Scene.drain(engine);
    }
  }

  @Test
  void shouldPayOnceWhateverThePartyForgetsAndRepeats() {
    final long free;
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      Scene.open(engine);
      free = engine.ask(core -> core.risk().freeUnits(ALICE, USDT));
      final Bank bank = new Bank();
      try (AdapterLink link = engine.connect(bank, 1 << 16)) {
        final Ingress ingress = engine.ingress();
        final HoldFundsEncoder hold = ingress.begin(new HoldFundsEncoder());
        hold.header().account(ALICE);
        hold.assetId(USDT).amountUnits(UNITS);
        ingress.offer();
        Scene.drain(engine);
        work(engine, link);
      }
      assertEquals(List.of("HOLD -" + UNITS, "SETTLE -" + UNITS), bank.heard);
    }

    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      final Bank bank = new Bank();
      try (AdapterLink link = engine.connect(bank, 1 << 16)) {
        work(engine, link);
      }
      assertEquals(List.of("HOLD -" + UNITS, "SETTLE -" + UNITS), bank.heard);
      assertEquals(free - UNITS, engine.<Long>ask(core -> core.risk().freeUnits(ALICE, USDT)));
      assertEquals(0L, engine.<Long>ask(core -> core.risk().heldUnits(ALICE, USDT)));
    }
  }
}
