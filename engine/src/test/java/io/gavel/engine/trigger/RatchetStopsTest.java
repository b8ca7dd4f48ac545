package io.gavel.engine.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Goal: a trailing stop with a step (F-34) has, after every price, the extremum and the level of a model that knows
 * nothing but the path, and fires when that does. Method: random paths with gaps; rules with and without a step come,
 * are amended and go.
 */
class RatchetStopsTest {

  private static final int RULES = 64;
  private static final int PRICES = 20_000;

  private final RuleBook book = new RuleBook(1, RULES);
  private final FiredBuffer fired = new FiredBuffer(RULES);
  private int price = 1_000;
  private final PriceView view = new PriceView() {
    @Override
    public int floorTicks(final int instrumentId, final PriceSource source) {
      return price;
    }

    @Override
    public int ceilTicks(final int instrumentId, final PriceSource source) {
      return price;
    }
  };

  /** One rule of the model. */
  private static final class Model {
    boolean sell;
    int step;
    int spread;
    int extremum;

    boolean fires(final int price) {
      if (sell ? price >= extremum + Math.max(1, step) : price <= extremum - Math.max(1, step)) {
        extremum = price;
      }
      return level() > 0 && (sell ? price <= level() : price >= level());
    }

    int level() {
      return sell ? Math.max(0, extremum - spread) : extremum + spread;
    }
  }

  private int arm(final Model model, final long id) {
    final RuleSpec spec = new RuleSpec();
    spec.instrumentId = 1;
    spec.side = model.sell ? Side.SELL : Side.BUY;
    spec.quantityLots = 1;
    spec.armPolicy = ArmPolicy.REJECT;
    spec.expiryAction = ExpiryAction.CANCEL;
    spec.reserveMode = ReserveMode.NONE;
    spec.legCount = 1;
    spec.kinds[0] = RuleKind.TRAILING_STOP;
    spec.sources[0] = PriceSource.LAST;
    spec.trailSpreadTicks[0] = model.spread;
    spec.ratchetTicks[0] = model.step;
    spec.childLimitTicks[0] = model.sell ? 0 : 5_000;
    assertEquals(ReasonCode.OK, book.check(spec, 0, view));
    return book.arm(spec, id, 1, 1, 0, 0, view, fired);
  }

  @Test
  void shouldFollowInStepsAsTheModelDoes() {
    final long seed = 34;
    System.out.println("ratchet seed " + seed);
    final Random random = new Random(seed);
    final Map<Integer, Model> models = new TreeMap<>();
    int firings = 0;
    int held = 0;
    long nextId = 1;
    for (int i = 0; i < PRICES; i++) {
      if (models.size() < RULES && random.nextInt(3) == 0) {
        final Model model = new Model();
        model.sell = random.nextBoolean();
        model.step = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(30);
        model.spread = 1 + random.nextInt(80);
        model.extremum = price;
        models.put(arm(model, nextId++), model);
      }
      if (!models.isEmpty() && random.nextInt(10) == 0) {
        final int slot = new ArrayList<>(models.keySet()).get(random.nextInt(models.size()));
        book.release(slot);
        models.remove(slot);
      }
      amendOne(random, models);
      price = Math.max(100, price + (random.nextInt(50) == 0 ? random.nextInt(201) - 100 : random.nextInt(21) - 10));
      fired.clear();
      book.onPrice(1, PriceSource.LAST, price, price, fired);
      final List<Integer> expected = new ArrayList<>();
      for (final Iterator<Map.Entry<Integer, Model>> at = models.entrySet().iterator(); at.hasNext();) {
        final Map.Entry<Integer, Model> entry = at.next();
        final int before = entry.getValue().extremum;
        if (entry.getValue().fires(price)) {
          expected.add(entry.getKey());
          at.remove();
        } else {
          final int extremum = book.extremumTicks(entry.getKey(), 0);
          assertEquals(entry.getValue().extremum, extremum, "price " + i);
          assertEquals(entry.getValue().level(), book.levelTicks(entry.getKey(), 0), "price " + i);
          assertTrue(entry.getValue().sell ? extremum >= before : extremum <= before, "R-14");
          held += extremum == before && (entry.getValue().sell ? price > before : price < before) ? 1 : 0;
        }
      }
      assertEquals(expected, firedSlots(), "price " + i);
      firings += expected.size();
      expected.forEach(book::release);
    }
    System.out.println("ratchets fired " + firings + ", improvements too small to follow " + held);
    assertTrue(firings > 1_000 && held > 1_000, firings + " " + held);
  }

  private void amendOne(final Random random, final Map<Integer, Model> models) {
    if (models.isEmpty() || random.nextInt(10) != 0) {
      return;
    }
    final int slot = new ArrayList<>(models.keySet()).get(random.nextInt(models.size()));
    final int spread = 1 + random.nextInt(80);
    if (ReasonCode.OK == book.amend(slot, 0, 0, 0, spread, 0, view, fired)) {
      models.get(slot).spread = spread;
    }
  }

  private List<Integer> firedSlots() {
    final List<Integer> slots = new ArrayList<>();
    for (int i = 0; i < fired.size(); i++) {
      slots.add(fired.ruleSlot(i));
    }
    slots.sort(null);
    return slots;
  }
}
