package io.gavel.adapters.market.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlowScenarioTest {

  @Test
  void shouldBeKnownByTheLabelsOfTheField() {
    final List<String> labels = Stream.of(FlowScenario.values()).map(FlowScenario::label).toList();

    assertEquals(List.of("static", "normal", "swing-25", "swing-40", "flash-crash"), labels);
    for (final FlowScenario scenario : FlowScenario.values()) {
      assertEquals(Optional.of(scenario), FlowScenario.of(scenario.label()));
    }
    assertEquals(Optional.empty(), FlowScenario.of("FLASH_CRASH"));
  }
}
