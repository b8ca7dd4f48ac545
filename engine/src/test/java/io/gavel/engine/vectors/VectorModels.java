package io.gavel.engine.vectors;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models by id prefix; the longest prefix counts. Each family of formulas adds its own. */
final class VectorModels {

  /** What a prefix leads to: a model, or the reason why there is none. */
  record Entry(@Nullable Model model, String reason) {
  }

  private final Map<String, Entry> entries = new TreeMap<>();

  VectorModels() {
    DydxVectors.addTo(this);
    DriftVectors.addTo(this);
    VenueVectors.addTo(this);
    LiquidationVectors.addTo(this);
    VegaVectors.addTo(this);
    PortfolioVectors.addTo(this);
    OrderVectors.addTo(this);
    LiquidityVectors.addTo(this);
    unsupported("DRIFT-AUC", "no market of this house sells by a Dutch auction");
  }

  void add(final String prefix, final Model model) {
    if (null != entries.put(prefix, new Entry(model, ""))) {
      throw new IllegalStateException("two models of " + prefix);
    }
  }

  /** A prefix that is known and has no model, with the reason that is printed. */
  void unsupported(final String prefix, final String reason) {
    entries.put(prefix, new Entry(null, reason));
  }

  /** What the id's prefix leads to, or null for a prefix that nobody knows. */
  @Nullable Entry of(final String id) {
    @Nullable Entry found = null;
    int length = 0;
    for (final Map.Entry<String, Entry> entry : entries.entrySet()) {
      if (id.startsWith(entry.getKey() + "-") && entry.getKey().length() >= length) {
        found = entry.getValue();
        length = entry.getKey().length();
      }
    }
    return found;
  }
}
