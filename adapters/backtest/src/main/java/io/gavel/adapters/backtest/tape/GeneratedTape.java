package io.gavel.adapters.backtest.tape;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tapes made on the spot, the same bytes everywhere: an hour of a market from a seed, named
 * {@code gen:crash/7/trades}. Whole numbers only; one tick is 0.1, the first second is 2026-01-05 00:00 UTC.
 *
 * <p>{@code calm} moves about 60,000; {@code crash} does so for half an hour, loses 24 % in 90 seconds, and wins half
 * of it back. The parts of one market and seed follow one path: {@code trades}, {@code mark}, {@code source-1} to
 * {@code source-9} (two seconds apart, each with an error of its own), and {@code astray}, a source that stands 16 %
 * too low for four minutes and is right again.
 */
final class GeneratedTape {

  static final String PREFIX = "gen:";

  private static final Pattern NAME =
      Pattern.compile("gen:(calm|crash)/([0-9]{1,9})/(trades|mark|astray|source-[1-9])");
  private static final long START_S = 1_767_571_200L;
  private static final int SECONDS = 3_600;
  private static final int LEVEL = 600_000;
  private static final int ASTRAY_FROM_S = 1_200;
  private static final int ASTRAY_TO_S = 1_440;
  /** Second and level in 1/1,000, straight between. */
  private static final Map<String, int[][]> PATHS = Map.of(
      "calm", new int[][] {{0, 1_000}, {SECONDS, 1_000}},
      "crash", new int[][] {{0, 1_000}, {1_800, 1_000}, {1_890, 760}, {1_920, 765}, {2_220, 880}, {SECONDS, 900}});

  private final int[][] path;
  private long state;

  private GeneratedTape(final String market, final long seed) {
    path = PATHS.getOrDefault(market, new int[0][]);
    state = seed;
  }

  static boolean isKnown(final String name) {
    return NAME.matcher(name).matches();
  }

  /** The text of a tape; null: there is none of this name. */
  static byte @Nullable [] bytes(final String name) {
    final Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    final String part = matcher.group(3);
    final long seed = Long.parseLong(matcher.group(2));
    final int[] walk = new GeneratedTape(matcher.group(1), seed).walk();
    final GeneratedTape own = new GeneratedTape(matcher.group(1), seed * 1_000 + part.hashCode());
    final String text = "trades".equals(part) ? own.trades(walk) : own.prices(walk, part);
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The price in ticks at each second. */
  private int[] walk() {
    final int[] walk = new int[SECONDS];
    int noise = 0;
    for (int second = 0; second < SECONDS; second++) {
      noise += between(-60, 60) - noise / 24;
      walk[second] = level(second) + noise;
    }
    return walk;
  }

  private int level(final int second) {
    for (int i = 1; i < path.length; i++) {
      if (second < path[i][0]) {
        final long from = path[i - 1][1];
        final long part = (path[i][1] - from) * (second - path[i - 1][0]);
        return (int) (LEVEL * from / 1_000 + LEVEL * part / (1_000L * (path[i][0] - path[i - 1][0])));
      }
    }
    return LEVEL;
  }

  private String trades(final int[] walk) {
    final StringBuilder text = new StringBuilder("timestamp,price,amount\n");
    for (int second = 0; second < SECONDS; second++) {
      line(text, second, 0, walk[second] + between(-8, 8))
          .append(',').append(between(2, 30)).append('.').append(between(100, 999)).append('\n');
    }
    return text.toString();
  }

  private String prices(final int[] walk, final String part) {
    final boolean astray = "astray".equals(part);
    final int offsetMillis = 100 + Math.floorMod(part.hashCode(), 8) * 100;
    final StringBuilder text = new StringBuilder("timestamp,price\n");
    for (int second = 0; second < SECONDS; second += 2) {
      final int ticks = walk[second] + between(-20, 20);
      final boolean wrong = astray && second >= ASTRAY_FROM_S && second < ASTRAY_TO_S;
      line(text, second, offsetMillis, wrong ? (int) (ticks * 84L / 100) : ticks).append('\n');
    }
    return text.toString();
  }

  private static StringBuilder line(
      final StringBuilder text, final int second, final int millis, final int ticks) {
    return text.append((START_S + second) * 1_000 + millis).append(',')
        .append(ticks / 10).append('.').append(ticks % 10);
  }

  /** SplitMix64, cut to a range. */
  private int between(final int low, final int high) {
    state += 0x9E3779B97F4A7C15L;
    long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return low + (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), high - low + 1L);
  }
}
