package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.PriceSource;
import java.util.ArrayList;
import java.util.List;

/** Short stories with a rule book, for tests that live elsewhere: rules and last prices in, what fired out. */
public final class TriggerScenes {

  private static final PriceSource LAST = PriceSource.LAST;

  /** A rule that waits for a price. */
  public record Stop(boolean sells, boolean takesProfit, int levelTicks) {
  }

  /** How a trailing stop stood after each price, and the price it fired at; 0: it did not. */
  public record Trail(List<Integer> levelTicks, int firedAtTicks) {
  }

  private TriggerScenes() {
  }

  /** Arms a trailing stop at the first price and shows it the others; one of spread and ratio is 0. */
  public static Trail trail(
      final boolean sells, final int spreadTicks, final int ratioE8, final List<Integer> pricesTicks) {
    final RuleDesk desk = new RuleDesk();
    desk.quietPrice(RuleDesk.INSTRUMENT, LAST, pricesTicks.get(0), pricesTicks.get(0));
    final RuleDesk rule = sells ? desk.sell() : desk.buy();
    final int slot =
        (0 == spreadTicks ? rule.trailRatio(LAST, ratioE8, 0) : rule.trailSpread(LAST, spreadTicks, 0)).arm();
    final List<Integer> levels = new ArrayList<>(List.of(desk.book.levelTicks(slot, 0)));
    int firedAt = 0;
    for (final int price : pricesTicks.subList(1, pricesTicks.size())) {
      if (0 != firedAt) {
        break;
      }
      final List<RuleDesk.Fired> fired = desk.price(LAST, price);
      firedAt = fired.isEmpty() ? 0 : price;
      levels.add(fired.isEmpty() ? desk.book.levelTicks(slot, 0) : fired.get(0).level());
    }
    return new Trail(levels, firedAt);
  }

  /** Where a trailing stop stands that has seen this price and nothing better. */
  public static int levelTicks(final boolean sells, final int priceTicks, final int distance, final boolean byRatio) {
    return TrailLevel.ticksAt(sells, priceTicks, distance, byRatio);
  }

  /** Whether each of the rules, armed before any price is known, fires at a price between two ticks. */
  public static List<Boolean> fired(final List<Stop> stops, final int floorTicks, final int ceilTicks) {
    final RuleDesk desk = new RuleDesk(stops.size());
    final List<Long> ids = new ArrayList<>();
    for (final Stop stop : stops) {
      final RuleDesk rule = stop.sells() ? desk.sell() : desk.buy();
      final int slot = (stop.takesProfit()
          ? rule.takeProfit(LAST, stop.levelTicks()) : rule.stopLoss(LAST, stop.levelTicks())).arm();
      ids.add(desk.book.ruleId(slot));
    }
    final List<Long> fired = desk.price(RuleDesk.INSTRUMENT, LAST, floorTicks, ceilTicks).stream()
        .map(RuleDesk.Fired::ruleId).toList();
    return ids.stream().map(fired::contains).toList();
  }

  /** Whether a stop that fires at once where it stands already beyond its level does so. */
  public static boolean firesOnEntry(final boolean sells, final int levelTicks, final int lastTicks) {
    final RuleDesk desk = new RuleDesk();
    desk.quietPrice(RuleDesk.INSTRUMENT, LAST, lastTicks, lastTicks);
    (sells ? desk.sell() : desk.buy()).policy(ArmPolicy.FIRE).stopLoss(LAST, levelTicks).arm();
    return !desk.drain().isEmpty();
  }
}
