package io.gavel.engine;

import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A condition as people write it in JSON or YAML, read from the maps, lists and texts that those become:
 *
 * <pre>
 *   all: [...]    any: [...]    nOf: [...] with need: 2    not: {...}    then: [first, second] with within: PT5M
 *   poolReserve: 5, poolImpact: 5, poolPrice: 5 (a pool), score: 3 (of the account, or with instId),
 *   price: mark, volatility: last with window: PT1H, volume: PT1H, spread: own, depth: bid with bps: 50,
 *       each with one of atOrAbove, atOrBelow, crossesUp, crossesDown, and if wished latched: true, instId: BTC-USD
 *   fallsBack: last or risesBack: last, with ratio: 0.05 or by: 150
 *   during: [from, until]    daily: ["09:00", "17:30"]    at: time    after: PT1H
 * </pre>
 *
 * <p>Durations and times are ISO-8601, times also nanoseconds. What cannot be read is refused by {@link
 * RefusedException} with field {@code when}. Stateless.
 */
public final class ConditionWords {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int DEPTH_MAX = 32;
  private static final Set<String> HEADS = Set.of("all", "any", "nOf", "not", "then", "price", "volatility", "volume",
      "spread", "depth", "poolReserve", "poolImpact", "poolPrice", "score", "fallsBack", "risesBack", "during",
      "daily", "at", "after");
  private static final Set<String> LEVELS = Set.of("atOrAbove", "atOrBelow", "crossesUp", "crossesDown");
  private static final Conditions WORDS = new Conditions();

  private final Set<String> unread;
  private final Map<?, ?> node;
  private final int depth;

  private ConditionWords(final Map<?, ?> node, final int depth) {
    this.node = node;
    this.depth = depth;
    unread = new TreeSet<>();
    node.keySet().forEach(key -> unread.add(String.valueOf(key)));
  }

  /** Reads a tree. */
  public static Condition read(final Object tree) {
    return read(tree, 0);
  }

  private static Condition read(final @Nullable Object tree, final int depth) {
    if (!(tree instanceof Map<?, ?> map) || depth > DEPTH_MAX) {
      throw fault(String.valueOf(tree), "is no condition");
    }
    return new ConditionWords(map, depth).read();
  }

  private Condition read() {
    final List<String> heads = unread.stream().filter(HEADS::contains).toList();
    if (1 != heads.size()) {
      throw fault(node.toString(), "names " + heads.size() + " of " + new TreeSet<>(HEADS) + ", not one");
    }
    final String head = heads.get(0);
    final Condition condition = switch (head) {
      case "all" -> WORDS.all(children(head));
      case "any" -> WORDS.any(children(head));
      case "nOf" -> WORDS.nOf(whole("need"), children(head));
      case "not" -> WORDS.not(read(take(head), depth + 1));
      case "then" -> then();
      default -> leaf(head);
    };
    if (!unread.isEmpty()) {
      throw fault(unread.toString(), "does not belong to " + head);
    }
    return condition;
  }

  private Condition then() {
    final Condition[] pair = children("then");
    if (2 != pair.length) {
      throw fault(node.toString(), "needs two conditions");
    }
    return WORDS.then(pair[0], pair[1], duration("within"));
  }

  private Condition leaf(final String head) {
    final Condition leaf = switch (head) {
      case "price" -> WORDS.price(source(head));
      case "volatility" -> WORDS.volatility(source(head), duration("window"));
      case "volume" -> WORDS.volume(duration(head));
      case "spread" -> spread();
      case "depth" -> WORDS.depth(source(head), whole("bps"));
      case "fallsBack", "risesBack" -> trail(head);
      case "poolReserve" -> WORDS.poolReserve(whole(head));
      case "poolImpact" -> WORDS.poolImpact(whole(head));
      case "poolPrice" -> WORDS.poolPrice(whole(head));
      case "score" -> WORDS.score(whole(head));
      default -> time(head);
    };
    if (NodeOp.LEAF == leaf.op && unread.contains("latched")) {
      if (Boolean.parseBoolean(text("latched"))) {
        leaf.latched();
      }
    }
    if (unread.contains("instId")) {
      leaf.instId(text("instId"));
    }
    level(leaf);
    return leaf;
  }

  private Condition spread() {
    text("spread");
    return WORDS.spread();
  }

  private Condition trail(final String head) {
    final PriceSource source = source(head);
    final boolean falls = "fallsBack".equals(head);
    if (unread.contains("ratio")) {
      final String ratio = text("ratio");
      return falls ? WORDS.fallsBack(source, ratio) : WORDS.risesBack(source, ratio);
    }
    final String by = text("by");
    return falls ? WORDS.fallsBackBy(source, by) : WORDS.risesBackBy(source, by);
  }

  private Condition time(final String head) {
    try {
      return switch (head) {
        case "at" -> WORDS.at(timeNs(text(head)));
        case "after" -> WORDS.after(duration(head));
        case "during" -> {
          final List<String> pair = pair(head);
          yield WORDS.during(timeNs(pair.get(0)), timeNs(pair.get(1)));
        }
        default -> {
          final List<String> pair = pair(head);
          yield WORDS.daily(LocalTime.parse(pair.get(0)), LocalTime.parse(pair.get(1)));
        }
      };
    } catch (final DateTimeException ex) {
      throw fault(node.toString(), "has a time that cannot be read");
    }
  }

  private void level(final Condition leaf) {
    for (final String name : LEVELS) {
      if (unread.contains(name)) {
        final String decimal = text(name);
        switch (name) {
          case "atOrAbove" -> leaf.atOrAbove(decimal);
          case "atOrBelow" -> leaf.atOrBelow(decimal);
          case "crossesUp" -> leaf.crossesUp(decimal);
          default -> leaf.crossesDown(decimal);
        }
        return;
      }
    }
  }

  private Condition[] children(final String head) {
    if (!(take(head) instanceof List<?> list) || list.isEmpty()) {
      throw fault(node.toString(), "needs a list of conditions in " + head);
    }
    final List<Condition> children = new ArrayList<>();
    list.forEach(child -> children.add(read(child, depth + 1)));
    return children.toArray(new Condition[0]);
  }

  private List<String> pair(final String head) {
    if (!(take(head) instanceof List<?> list) || 2 != list.size()) {
      throw fault(node.toString(), "needs two times in " + head);
    }
    return List.of(String.valueOf(list.get(0)), String.valueOf(list.get(1)));
  }

  private @Nullable Object take(final String name) {
    unread.remove(name);
    return node.get(name);
  }

  private String text(final String name) {
    final Object value = take(name);
    if (null == value || value instanceof Map || value instanceof List) {
      throw fault(node.toString(), "lacks " + name);
    }
    return value.toString();
  }

  private int whole(final String name) {
    final String text = text(name);
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (final NumberFormatException ex) {
      throw fault(text, "is no whole number: " + name);
    }
  }

  private PriceSource source(final String name) {
    final String text = text(name);
    for (final PriceSource source : List.of(PriceSource.LAST, PriceSource.BID, PriceSource.ASK, PriceSource.MARK,
        PriceSource.INDEX)) {
      if (source.name().equals(text.toUpperCase(Locale.ROOT))) {
        return source;
      }
    }
    throw fault(text, "is none of last, bid, ask, mark and index");
  }

  private Duration duration(final String name) {
    final String text = text(name);
    try {
      return Duration.parse(text);
    } catch (final DateTimeException ex) {
      throw fault(text, "is no duration such as PT5M: " + name);
    }
  }

  private static long timeNs(final String text) {
    if (text.matches("[0-9]{1,18}")) {
      return Long.parseLong(text);
    }
    final Instant instant = OffsetDateTime.parse(text).toInstant();
    try {
      return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    } catch (final ArithmeticException ex) {
      throw fault(text, "is too far away");
    }
  }

  private static RefusedException fault(final String value, final String why) {
    return new RefusedException(ReasonCode.CONDITION_MALFORMED, "when",
        value.length() > 80 ? value.substring(0, 80) + "..." : value, why);
  }
}
