package io.gavel.adapters.backtest.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedTapeTest {

  private static final TapeScale SCALE = TapeScale.of(1, 10_000_000_000L, 10_000_000_000L);

  private record Row(long time, int tape, int row) {
  }

  @TempDir
  private Path dir;

  @Test
  void shouldOrderByTimeThenTapeThenRow() {
    final long seed = 42;
    final Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      final List<Row> rows = new ArrayList<>();
      final List<Tape> tapes = new ArrayList<>();
      for (int tape = 0; tape < 1 + random.nextInt(4); tape++) {
        long time = 1L + random.nextInt(5);
        final StringBuilder content = new StringBuilder();
        for (int row = 1; row <= 1 + random.nextInt(8); row++) {
          rows.add(new Row(time, tape, row));
          content.append(time).append(',').append(tape + 1).append(',').append(row).append('\n');
          time += random.nextInt(3);
        }
        tapes.add(open("t" + tape, content.toString()));
      }
      rows.sort(Comparator.comparingLong(Row::time).thenComparingInt(Row::tape).thenComparingInt(Row::row));

      try (Tape merged = new MergedTape(tapes)) {
        assertEquals(rows.stream().map(r -> r.time + "000000000 " + (r.tape + 1) + " " + r.row + " row " + r.row)
            .collect(Collectors.toList()), TradesCsvTapeTest.drain(merged), "seed " + seed + " round " + round);
      }
    }
  }

  @Test
  void shouldHashEachTapeInItsOrder() {
    assertEquals(hash("1,1,1\n", "2,2,2\n"), hash("1,1,1\n", "2,2,2\n"));
    assertNotEquals(hash("1,1,1\n", "2,2,2\n"), hash("2,2,2\n", "1,1,1\n"));
  }

  @Test
  void shouldLoopATapeOneSecondAfterItsEnd() {
    try (Tape tape = new LoopedTape(() -> open("loop", "10,1,1\n10,2,1\n15,3,1\n"), 3)) {
      assertEquals(List.of("10 1", "10 2", "15 3", "16 1", "16 2", "21 3", "22 1", "22 2", "27 3"),
          TradesCsvTapeTest.drain(tape).stream()
              .map(text -> text.replaceAll("^(\\d+)0{9} (\\d+) .*", "$1 $2")).toList());
    }
  }

  private String hash(final String first, final String second) {
    try (Tape merged = new MergedTape(List.of(open("a", first), open("b", second)))) {
      TradesCsvTapeTest.drain(merged);
      return merged.dataHash();
    }
  }

  private Tape open(final String name, final String content) {
    try {
      Files.writeString(dir.resolve(name), content);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TradesCsvTape(TapeInput.of(name, dir), SCALE, ZeroSize.ERROR);
  }
}
