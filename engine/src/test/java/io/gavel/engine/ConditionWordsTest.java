package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Signal;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Conditions in the words of the face and of JSON or YAML: the same words make the same bytes. */
class ConditionWordsTest {

  private static final Conditions C = new Conditions();

  private final Directory directory = new Directory();
  private final Directory.InstrumentEntry pair = new Directory.InstrumentEntry(
      7, "BTC-USD", 1, 2, 0, DecimalStep.ofE10(100_000_000), DecimalStep.ofE10(10_000_000), 100, true);

  private UnsafeBuffer bytes(final Condition condition) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[2_048]);
    final ArmRuleEncoder rule = new ArmRuleEncoder().wrap(buffer, 0);
    rule.legsCount(1).next();
    condition.encode(rule, directory, pair);
    return buffer;
  }

  private static Map<String, Object> leaf(final String head, final Object value, final String... more) {
    final Map<String, Object> leaf = new TreeMap<>(Map.of(head, value));
    for (int i = 0; i < more.length; i += 2) {
      leaf.put(more[i], more[i + 1]);
    }
    return leaf;
  }

  @Test
  void shouldReadWhatTheFaceSays() {
    final Condition said = C.all(
        C.price(PriceSource.MARK).atOrBelow("58000"),
        C.any(C.volatility(PriceSource.LAST, Duration.ofHours(1)).atOrAbove("0.05").latched(),
            C.not(C.spread().crossesUp("1.5"))),
        C.nOf(1, C.depth(PriceSource.BID, 50).atOrBelow("10"), C.volume(Duration.ofMinutes(5)).crossesDown("3")),
        C.then(C.fallsBack(PriceSource.LAST, "0.08"), C.risesBackBy(PriceSource.LAST, "150"), Duration.ofMinutes(5)),
        C.during(5, 9), C.daily(LocalTime.of(9, 0), LocalTime.of(17, 30)), C.at(1_000_000_000), C.after(
            Duration.ofSeconds(1)));
    final Condition read = ConditionWords.read(Map.of("all", List.of(
        leaf("price", "mark", "atOrBelow", "58000"),
        Map.of("any", List.of(leaf("volatility", "last", "window", "PT1H", "atOrAbove", "0.05", "latched", "true"),
            Map.of("not", leaf("spread", "own", "crossesUp", "1.5")))),
        Map.of("need", "1", "nOf", List.of(leaf("depth", "bid", "bps", "50", "atOrBelow", "10"),
            leaf("volume", "PT5M", "crossesDown", "3"))),
        Map.of("within", "PT5M", "then",
            List.of(leaf("fallsBack", "last", "ratio", "0.08"), leaf("risesBack", "last", "by", "150"))),
        Map.of("during", List.of("5", "9")), Map.of("daily", List.of("09:00", "17:30")),
        Map.of("at", "1970-01-01T00:00:01Z"), Map.of("after", "PT1S"))));

    assertEquals(bytes(said), bytes(read));
    final ArmRuleDecoder rule = new ArmRuleDecoder().wrap(
        bytes(read), 0, ArmRuleDecoder.BLOCK_LENGTH, ArmRuleDecoder.SCHEMA_VERSION);
    rule.legs().next();
    final ArmRuleDecoder.NodesDecoder nodes = rule.nodes();
    assertEquals(16, nodes.count());
    nodes.next();
    assertEquals(5_800_000, nodes.next().threshold());
    nodes.next();
    assertEquals(5_000_000, nodes.next().threshold());
    assertEquals(Signal.VOLATILITY, nodes.signal());
    assertEquals(2, nodes.parent());
  }

  @Test
  void shouldSayWhatItCannotRead() {
    for (final Object tree : List.of("x", Map.of(), Map.of("price", "mark", "after", "PT1S"), Map.of("price", "moon"),
        Map.of("all", List.of()), Map.of("then", List.of(Map.of("after", "PT1S")), "within", "PT1S"),
        Map.of("after", "soon"), Map.of("at", "noon"), Map.of("price", "last", "colour", "red"),
        Map.of("after", "PT1S", "atOrAbove", "5"))) {
      final RefusedException refusal = assertThrows(RefusedException.class, () -> ConditionWords.read(tree));
      assertEquals(ReasonCode.CONDITION_MALFORMED, refusal.code());
      assertEquals("when", refusal.field());
    }
    final RefusedException refusal =
        assertThrows(RefusedException.class, () -> bytes(ConditionWords.read(Map.of("price", "last"))));
    assertEquals(ReasonCode.LEVEL_REQUIRED, refusal.code());
    assertTrue(assertThrows(RefusedException.class,
        () -> bytes(C.price(PriceSource.LAST).atOrAbove("0.001"))).getMessage().contains("0.001"));
  }
}
