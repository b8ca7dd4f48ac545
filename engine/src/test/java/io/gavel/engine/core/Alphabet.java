package io.gavel.engine.core;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** The commands of a tiny world: two people, one market, three prices, three sizes. Frames without sequence. */
public final class Alphabet {

  private static final int[] PRICES = {9, 10, 11};

  private final Map<String, Consumer<Core>> letters = new LinkedHashMap<>();

  private Alphabet() {
    letters.put("alice sells 1 at 9", c -> c.limit(1, Side.SELL, 9, 1));
    letters.put("alice sells 2 at 10", c -> c.limit(1, Side.SELL, 10, 2));
    letters.put("alice sells 3 at 11", c -> c.limit(1, Side.SELL, 11, 3));
    letters.put("alice buys 2 at 9", c -> c.limit(1, Side.BUY, 9, 2));
    letters.put("bob buys 1 at 9", c -> c.limit(2, Side.BUY, 9, 1));
    letters.put("bob buys 2 at 10", c -> c.limit(2, Side.BUY, 10, 2));
    letters.put("bob buys 3 at 11", c -> c.limit(2, Side.BUY, 11, 3));
    letters.put("bob sells 1 at 10", c -> c.limit(2, Side.SELL, 10, 1));
    letters.put("bob buys 2 at 10 or nothing",
        c -> c.order(2, Side.BUY, 10, 2, o -> o.timeInForce(TimeInForce.FOK)));
    letters.put("alice sells 3 at 9 at once, against herself too",
        c -> c.order(1, Side.SELL, 9, 3, o -> o.timeInForce(TimeInForce.IOC).stpMode(StpMode.DECREMENT)));
    letters.put("bob sells at the market", c -> c.market(2, Side.SELL, 2));
    letters.put("alice cancels the first", c -> c.cancel(1, 1));
    letters.put("alice cancels all", c -> c.massCancel(1, 0, CancelScope.ALL));
    letters.put("alice makes the first 1 at 10", c -> c.amend(1, 1, 1, 10));
    letters.put("alice arms a stop at 9", c -> c.arm(1, rule(RuleKind.STOP_LOSS, 9)));
    letters.put("alice arms a take-profit at 11", c -> c.arm(1, rule(RuleKind.TAKE_PROFIT, 11)));
    letters.put("alice arms a trailing stop of 1", c -> c.arm(1, rule(RuleKind.TRAILING_STOP, 0)));
    for (final int price : PRICES) {
      letters.put("mark " + price, c -> c.price(PriceSource.MARK, 10L * price));
    }
    letters.put("bob has 3 on hold", c -> c.hold(2, Core.USD, 3));
    letters.put("hold 1 is released", c -> c.release(2, 1));
    letters.put("the market is halted", c -> c.halt(HaltScope.INSTRUMENT, 0, Core.PAIR, true));
    letters.put("the market goes on", c -> c.halt(HaltScope.INSTRUMENT, 0, Core.PAIR, false));
  }

  private static Core.RuleDraft rule(final RuleKind kind, final int level) {
    final Core.RuleDraft draft = new Core.RuleDraft();
    draft.lots = 2;
    draft.armPolicy = ArmPolicy.FIRE;
    draft.reserveMode = RuleKind.TAKE_PROFIT == kind ? ReserveMode.NONE : ReserveMode.RESERVE;
    draft.legs.add(leg -> leg.levelTicks(level).trailRatioE8(0)
        .trailSpreadTicks(RuleKind.TRAILING_STOP == kind ? 1 : 0).activationTicks(0).childLimitTicks(0)
        .protectionBps(0).kind(kind).source(PriceSource.MARK));
    return draft;
  }

  /** What opens the world: record 1 first. */
  public static List<UnsafeBuffer> opening(final CoreConfig config) {
    return record(config, core -> {
      core.asset(Core.BTC, 0, "BTC");
      core.asset(Core.USD, 0, "USD");
      core.instrument(Core.PAIR, 5_000_000, 10_000_000, io.gavel.codecs.sbe.FeeAsset.QUOTE);
      for (final long account : new long[] {1, 2}) {
        core.account(account, AccountKind.USER, "a" + account);
        core.deposit(account, Core.BTC, 5);
        core.deposit(account, Core.USD, 60);
      }
      core.price(PriceSource.MARK, 100);
    });
  }

  /** Each letter's frame, by what it says. */
  public static Map<String, UnsafeBuffer> letters(final CoreConfig config) {
    final Map<String, UnsafeBuffer> frames = new LinkedHashMap<>();
    new Alphabet().letters.forEach((name, letter) -> {
      final List<UnsafeBuffer> recorded = record(config, core -> letter.accept(core));
      frames.put(name, recorded.get(recorded.size() - 1));
    });
    return frames;
  }

  private static List<UnsafeBuffer> record(final CoreConfig config, final Consumer<Core> commands) {
    final List<byte[]> frames = new ArrayList<>();
    commands.accept(Core.recording(config, frames));
    return frames.stream().map(UnsafeBuffer::new).toList();
  }
}
