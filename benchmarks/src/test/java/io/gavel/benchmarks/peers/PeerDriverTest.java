package io.gavel.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: no figure without agreement. Method: a book that tells the truth, and books that do not. */
class PeerDriverTest {

  @TempDir
  private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Reports one accepted order a message; a liar counts its books and says so. */
  private static final class Parrot implements PeerEngine {
    private final boolean lies;
    private int books;

    Parrot(final boolean lies) {
      this.lies = lies;
    }

    @Override
    public String name() {
      return "parrot";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public PeerBook open(final int ordersMax, final Reports reports) {
      final int book = lies ? ++books : 0;
      return new PeerBook() {
        @Override
        public void place(final long sequence, final long orderId, final boolean isBuy, final boolean isIoc,
            final long lots, final long ticks) {
          reports.accepted(sequence, isBuy, orderId + book, ticks, lots);
        }

        @Override
        public void cancel(final long sequence, final long orderId, final boolean isBuy) {
          reports.cancelled(sequence, isBuy, orderId, Reports.NO_PRICE);
        }

        @Override
        public void modify(final long sequence, final long orderId, final boolean isBuy, final long lots,
            final long ticks) {
          reports.modifyRejected(sequence, orderId);
        }
      };
    }
  }

  @Test
  void shouldPrintFiguresWhenAllPassesAgree() throws IOException {
    final Path tape = TapeBytes.sample().writeTo(folder.resolve("orders_sample.bin"));

    final int exit = run(new Parrot(false), "--tape", tape.toString(), "--milliseconds", "1");

    assertEquals(0, exit, err::toString);
    final String line = out.toString(StandardCharsets.UTF_8);
    assertTrue(line.contains("\"engine\":\"parrot\"") && line.contains("\"messages\":10,"), line);
    assertTrue(line.contains("\"handedOffRate\":") && line.contains("\"bookRate\":"), line);
    assertTrue(line.contains("\"reportsSha256\":\"\""), "a price that was not told has no canonical hash: " + line);
  }

  @Test
  void shouldPrintNoFigureWhenAPassReportsOtherThanTheFirst() throws IOException {
    final Path tape = TapeBytes.sample().writeTo(folder.resolve("orders_sample.bin"));

    final int exit = run(new Parrot(true), "--tape", tape.toString(), "--milliseconds", "1");

    assertEquals(4, exit);
    assertEquals("", out.toString(StandardCharsets.UTF_8));
    assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("no figure: the first pass of parrot"), err::toString);
  }

  @Test
  void shouldHashTheCanonicalLines() throws NoSuchAlgorithmException {
    final Reports reports = new Reports();
    final ReportText text = new ReportText();
    reports.writeTo(text);

    reports.accepted(0, true, 7, 100, 5);
    reports.traded(1, 99, 4_000_000_000L, 6, 7);
    reports.cancelled(2, false, 8, 2_000_000_000L);
    reports.modified(3, false, -1, 1, 1);
    reports.cancelRejected(4, 9);
    reports.modifyRejected(5, 9);

    final String agreed = "0,0,0,7,100,5\n1,1,99,4000000000,6,7\n2,2,1,8\n3,3,1,-1,1,1\n4,4,9\n5,5,9";
    assertEquals(sha256(agreed), text.agreedSha256());
    assertEquals(sha256(agreed.replace("2,2,1,8", "2,2,1,8,2000000000")), text.wholeSha256());
  }

  @Test
  void shouldDigestTheSameHereAndOnTheOtherThread() {
    final Reports reports = new Reports();
    final ReportDigest here = reports.fold();
    feed(reports, 100_000);
    final long value = here.value();
    final long count = here.count();
    try (ReportRing ring = new ReportRing()) {
      for (int pass = 0; pass < 3; pass++) {
        ring.clear();
        reports.handTo(ring);
        feed(reports, 100_000);
        final ReportDigest there = ring.await();

        assertEquals(value, there.value());
        assertEquals(count, there.count());
      }
    }
  }

  private static void feed(final Reports reports, final int count) {
    for (int i = 0; i < count; i++) {
      reports.traded(i, 1 + i % 1_000, 1 + i % 77, i / 2, i);
    }
  }

  @Test
  void shouldTellReportsApartThatDifferInOneField() {
    final Reports reports = new Reports();
    final long base = digest(reports, 1, 100, 5, 6, 7);

    assertTrue(base != digest(reports, 2, 100, 5, 6, 7) && base != digest(reports, 1, 101, 5, 6, 7)
        && base != digest(reports, 1, 100, 4, 6, 7) && base != digest(reports, 1, 100, 5, 7, 7)
        && base != digest(reports, 1, 100, 5, 6, 8) && base != digest(reports, 1, 100, 5, 7, 6));
  }

  private static long digest(final Reports reports, final long sequence, final long ticks, final long lots,
      final long restingId, final long incomingId) {
    final ReportDigest digest = reports.fold();
    reports.traded(sequence, ticks, lots, restingId, incomingId);
    return digest.value();
  }

  @Test
  void shouldSayWhatIsWrongWithATapeOrAnArgument() throws IOException {
    final byte[] whole = TapeBytes.sample().bytes();
    final Path cut = Files.write(folder.resolve("cut.bin"), java.util.Arrays.copyOf(whole, whole.length - 1));
    final Path foreign = Files.write(folder.resolve("foreign.bin"), new byte[64]);
    final byte[] odd = whole.clone();
    odd[16 + 40] = 9;
    final Path type = Files.write(folder.resolve("type.bin"), odd);
    final Path good = Files.write(folder.resolve("good.bin"), whole);

    assertRefused("10 messages are announced, which is 416 bytes, but there are 415", "--tape", cut.toString());
    assertRefused("not an order flow", "--tape", foreign.toString());
    assertRefused("message 2: type 9, expected 0 new, 1 cancel or 2 modify", "--tape", type.toString());
    assertRefused("the tape has 10 messages", "--tape", good.toString(), "--prefill", "11");
    assertRefused("--prefill is -1; expected a whole number", "--tape", good.toString(), "--prefill", "-1");
    assertRefused("unknown argument --fast", "--fast");
    assertRefused("--tape needs a value", "--tape");
    assertRefused("no tape");
  }

  private void assertRefused(final String expected, final String... args) {
    err.reset();
    assertEquals(2, run(new Parrot(false), args));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains(expected), err::toString);
  }

  private int run(final PeerEngine engine, final String... args) {
    final PrintStream outBefore = System.out;
    final PrintStream errBefore = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      return PeerDriver.run(args, engine);
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  static String sha256(final String text) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
