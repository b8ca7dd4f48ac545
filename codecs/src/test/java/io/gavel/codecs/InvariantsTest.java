package io.gavel.codecs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class InvariantsTest {

  @Test
  void shouldPassWhenTheConditionHolds() {
    assertDoesNotThrow(() -> Invariants.check(true, "never shown"));
    assertDoesNotThrow(() -> Invariants.check(true, "never shown", 1, 2));
  }

  @Test
  void shouldThrowWithTheValuesWhenTheConditionIsBroken() {
    assertEquals("held above posted",
        assertThrows(InvariantViolation.class, () -> Invariants.check(false, "held above posted")).getMessage());
    assertEquals("held above posted: 7, -3",
        assertThrows(InvariantViolation.class, () -> Invariants.check(false, "held above posted", 7, -3)).getMessage());
  }
}
