package io.gavel.adapters.market.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a seed means the same bytes everywhere, and a tape has the shares that its model says. */
class FlowGeneratorTest {

  private static final int ORDERS = 40_000;

  @Test
  void shouldMakeTheSameBytesOnEveryMachine(@TempDir final Path dir) throws Exception {
    assertEquals("1a13842a193887dc4b636db79329d21fc17593071fb49fcd759b515b1dd775fd",
        sha256(dir, FlowGenerator.generate(FlowScenario.STATIC, 1, 1_000)));
    assertEquals("30ef6ac8716db471023e449e9f51787086291ee3eae49ff67d30a57778261735",
        sha256(dir, FlowGenerator.generate(FlowScenario.NORMAL, 7, 1_000)));
    assertEquals("4052fd51481e80444b8027c8a229ab4f13a272ed54dc2605f9d404ac29d96eea",
        sha256(dir, FlowGenerator.generate(FlowScenario.FLASH_CRASH, -3, 1_000)));
    assertEquals("f53ffda21de6116039226620610d626fd8a4180685fe71047e845c0b356fd6fe",
        sha256(dir, FlowGenerator.generate(FlowScenario.SWING_25, 23, 1_000, 50)));
  }

  @Test
  void shouldMakeAnotherTapeOfAnotherSeed() {
    assertEquals(
        FlowGenerator.generate(FlowScenario.NORMAL, 1, 100), FlowGenerator.generate(FlowScenario.NORMAL, 1, 100));
    assertNotEquals(
        FlowGenerator.generate(FlowScenario.NORMAL, 1, 100), FlowGenerator.generate(FlowScenario.NORMAL, 2, 100));
  }

  @Test
  void shouldHaveTheSharesOfTheModel() {
    for (final FlowScenario scenario : FlowScenario.values()) {
      for (final int overlap : new int[] {0, 500}) {
        final TapeProfile profile = TapeProfile.of(FlowGenerator.generate(scenario, 11, ORDERS, overlap));

        final String context = scenario + " overlap " + overlap + ": " + profile;
        assertEquals(0.15, profile.iocShare(), 0.01, context);
        assertEquals(0.20, profile.modifiedShare(), 0.01, context);
        assertEquals(0.95, profile.cancelledShare(), 0.01, context);
        assertEquals(0.02, profile.repeatedCancelShare(), 0.005, context);
        assertEquals(0.02, profile.repeatedModifyShare(), 0.01, context);
        assertEquals(0.80, profile.repricedShare(), 0.02, context);
        assertEquals(0.5, profile.buyShare(), 0.001, context);
        assertEquals(50.5, profile.meanLots(), 0.7, context);
      }
    }
  }

  /** The mid of a static tape is where it was: what is left of the price is the distance. */
  @Test
  void shouldPlaceOrdersAsAPowerLawWithAHump() {
    final FlowTape tape = FlowGenerator.generate(FlowScenario.STATIC, 3, ORDERS);
    final int[] atDistance = new int[900];
    for (int i = 0; i < tape.messages(); i++) {
      if (FlowTape.NEW == tape.type(i)) {
        atDistance[(int) Math.abs(tape.priceTicks(i) - 33_504)]++;
      }
    }

    assertEquals(0, atDistance[0]);
    assertEquals(0.071, (double) atDistance[1] / ORDERS, 0.005);
    assertEquals(0.357, (double) atDistance[9] / ORDERS, 0.01);
    assertTrue(atDistance[9] > atDistance[8] && atDistance[9] > atDistance[10]);
    assertTrue(atDistance[3] < atDistance[1]);
    int far = 0;
    for (int distance = 14; distance < atDistance.length; distance++) {
      far += atDistance[distance];
    }
    assertEquals(0.0025, (double) far / ORDERS, 0.001);
  }

  @Test
  void shouldWalkAsFarAsTheScenarioSays() {
    double squares = 0;
    final int seeds = 200;
    for (int seed = 0; seed < seeds; seed++) {
      final FlowTape tape = FlowGenerator.generate(FlowScenario.SWING_40, seed, 50);
      for (int i = 0; i < tape.messages(); i++) {
        if (FlowTape.NEW == tape.type(i) && 50 == tape.orderId(i)) {
          squares += Math.pow(Math.log(tape.priceTicks(i) / 33_504.0) + 0.08, 2);
        }
      }
    }
    assertEquals(0.40, Math.sqrt(squares / seeds), 0.06);
  }

  @Test
  void shouldRefuseCountsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> FlowGenerator.generate(FlowScenario.STATIC, 1, 0));
    assertThrows(IllegalArgumentException.class,
        () -> FlowGenerator.generate(FlowScenario.STATIC, 1, FlowGenerator.ORDERS_MAX + 1));
    assertThrows(IllegalArgumentException.class, () -> FlowGenerator.generate(FlowScenario.STATIC, 1, 10, 11));
    assertEquals(1, FlowGenerator.generate(FlowScenario.FLASH_CRASH, 1, 1).newOrders());
  }

  private static String sha256(final Path dir, final FlowTape tape) throws IOException, NoSuchAlgorithmException {
    final Path file = dir.resolve("tape.bin");
    FlowTapeFile.write(tape, file);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
