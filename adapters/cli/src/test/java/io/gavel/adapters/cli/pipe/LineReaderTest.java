package io.gavel.adapters.cli.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void shouldCutAtLineFeedsAndTakeALastLineWithoutOne() throws IOException {
    final LineReader reader = reader("a\n\n  \r\nlast");

    assertLine(1, "a", reader.next());
    assertLine(2, "", reader.next());
    assertLine(3, "  \r", reader.next());
    assertLine(4, "last", reader.next());
    assertSame(InputLine.END, reader.next());
    assertSame(InputLine.END, reader.next());
  }

  @Test
  void shouldCallLinesOfBlanksBlank() throws IOException {
    final LineReader reader = reader("\n \t\r\nx\n");

    assertTrue(reader.next().isBlank());
    assertTrue(reader.next().isBlank());
    assertFalse(reader.next().isBlank());
  }

  @Test
  void shouldKeepOnlyTheBeginningOfALineThatIsTooLong() throws IOException {
    final String fits = "x".repeat(LineReader.LINE_LENGTH_MAX);
    final LineReader reader = reader(fits + "\n" + fits + "y\n" + fits + fits + fits + "\nnext\n" + fits + "zz");

    assertFalse(reader.next().oversize());
    final InputLine longer = reader.next();
    assertTrue(longer.oversize());
    assertEquals(LineReader.LINE_LENGTH_MAX, longer.bytes().length);
    assertTrue(reader.next().oversize());
    assertLine(4, "next", reader.next());
    final InputLine last = reader.next();
    assertTrue(last.oversize());
    assertFalse(last.isBlank());
  }

  @Test
  void shouldReadTheSameHoweverTheBytesArrive() throws IOException {
    final long seed = System.nanoTime();
    System.out.println("LineReaderTest seed " + seed);
    final Random random = new Random(seed);
    final StringBuilder text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append("l".repeat(random.nextInt(40))).append(0 == random.nextInt(5) ? "\r\n" : "\n");
    }

    final List<String> whole = lines(new LineReader(stream(text.toString())));
    final List<String> dripping = lines(new LineReader(new DrippingStream(stream(text.toString()), random)));

    assertEquals(whole, dripping);
  }

  private static List<String> lines(final LineReader reader) throws IOException {
    final List<String> lines = new ArrayList<>();
    for (InputLine line = reader.next(); InputLine.END != line; line = reader.next()) {
      lines.add(line.number() + ":" + new String(line.bytes(), StandardCharsets.UTF_8));
    }
    return lines;
  }

  private static LineReader reader(final String text) {
    return new LineReader(stream(text));
  }

  private static InputStream stream(final String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertLine(final long number, final String text, final InputLine line) {
    assertEquals(number, line.number());
    assertEquals(text, new String(line.bytes(), StandardCharsets.UTF_8));
    assertFalse(line.oversize());
  }

  /** Gives a few bytes at a time. */
  private static final class DrippingStream extends InputStream {

    private final InputStream source;
    private final Random random;

    DrippingStream(final InputStream source, final Random random) {
      this.source = source;
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return source.read();
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
      return source.read(bytes, offset, Math.min(length, 1 + random.nextInt(7)));
    }
  }
}
