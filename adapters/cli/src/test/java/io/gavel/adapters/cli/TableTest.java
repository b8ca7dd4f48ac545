package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void shouldAlignWordsLeftAndNumbersRight() {
    final Table table = new Table("lr").row("a", 1).row("bbb", 100);

    assertEquals(List.of(" a      1", " bbb  100"), table.lines());
  }

  @Test
  void shouldCountAChineseCharacterTwice() {
    final Table table = new Table("ll").row("核数", "x").row("abcd", "y");

    assertEquals(List.of(" 核数  x", " abcd  y"), table.lines());
    assertEquals(6, Table.width("ab，数"));
  }

  @Test
  void shouldRefuseARowOfAnotherWidth() {
    final Table table = new Table("ll");

    assertTrue(table.isEmpty());
    assertThrows(IllegalArgumentException.class, () -> table.row("only one"));
  }
}
