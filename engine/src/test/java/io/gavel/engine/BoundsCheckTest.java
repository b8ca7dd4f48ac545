package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Goal: no engine without bounds checks by accident. Method: children with the checks switched off, or not. */
class BoundsCheckTest {

  @Test
  void shouldRunItsTestsWithBoundsChecks() {
    assertTrue(DirectBuffer.SHOULD_BOUNDS_CHECK);
  }

  @Test
  void shouldRefuseToLaunchWithoutBoundsChecks() throws IOException, InterruptedException {
    final String said = child("-Dagrona.disable.bounds.checks=true", "false");
    assertTrue(said.startsWith("refused: bounds checks are off"), said);
    assertTrue(said.contains("agrona.disable.bounds.checks") && said.contains("withoutBoundsChecks"), said);
  }

  @Test
  void shouldLaunchWithoutBoundsChecksOnAnExplicitWord() throws IOException, InterruptedException {
    assertEquals("launched 1", child("-Dagrona.disable.bounds.checks=true", "true"));
    assertEquals("launched 1", child("-Dagrona.disable.bounds.checks=false", "false"));
  }

  private static String child(final String property, final String word) throws IOException, InterruptedException {
    final Process child = ChildJvm.start(List.of("env", "JAVA_TOOL_OPTIONS=" + property), UncheckedChild.class, word);
    final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, child.waitFor(), said);
    return said;
  }
}
