package io.gavel.engine.condition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.Compare;
import io.gavel.codecs.sbe.NodeOp;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: a tree is true of exactly the leaves that it should be. Method: every tree of up to four leaves is written
 * down, driven through every combination of true and false leaves by prices, and compared with what its words mean.
 */
class TruthTableTest {

  private static final PriceSource[] SOURCES =
      {PriceSource.LAST, PriceSource.MARK, PriceSource.INDEX, PriceSource.BID};

  /** A tree as it is read: an operation over others, or a leaf (no children). */
  private record Shape(NodeOp op, int need, List<Shape> children) {

    int leaves() {
      return children.isEmpty() ? 1 : children.stream().mapToInt(Shape::leaves).sum();
    }

    boolean means(final int[] next, final int truths) {
      if (children.isEmpty()) {
        return 0 != (truths >> next[0]++ & 1);
      }
      int held = 0;
      for (final Shape child : children) {
        held += child.means(next, truths) ? 1 : 0;
      }
      return switch (op) {
        case ALL -> held == children.size();
        case ANY -> held > 0;
        case NOT -> held == 0;
        default -> held >= need;
      };
    }
  }

  private final ConditionDesk desk = new ConditionDesk();

  @Test
  void shouldBeTrueOfExactlyWhatEveryShapeMeans() {
    int tables = 0;
    for (int leaves = 1; leaves <= 4; leaves++) {
      for (final Shape shape : shapes(leaves, true)) {
        tables++;
        check(shape, leaves);
      }
    }
    System.out.println("TruthTableTest: " + tables + " shapes");
    assertTrue(tables > 500, tables + " shapes");
  }

  private void check(final Shape shape, final int leaves) {
    desk.begin();
    write(shape, -1, new int[1]);
    assertEquals(ReasonCode.OK, desk.check(1));
    final ConditionBook book = new ConditionBook(2, 4, desk);
    set(book, leaves, 0);
    book.at(1, 1);
    book.arm(0, desk.spec);
    assertEquals(shape.means(new int[1], 0), book.enter(0, true), shape::toString);
    for (int step = 1; step <= 2 << leaves; step++) {
      final int truths = step * 7 & (1 << leaves) - 1;
      set(book, leaves, truths);
      assertEquals(shape.means(new int[1], truths), isTrue(book), () -> truths + " " + shape);
    }
  }

  private static boolean isTrue(final ConditionBook book) {
    book.takeMet(new long[4]);
    return book.isTrue(0, 0);
  }

  private void set(final ConditionBook book, final int leaves, final int truths) {
    for (int i = 0; i < leaves; i++) {
      final int ticks = 0 != (truths >> i & 1) ? 100 : 99;
      desk.set(ConditionDesk.PAIR, SOURCES[i], ticks, ticks);
      book.onPrice(ConditionDesk.PAIR, SOURCES[i], ticks, ticks);
      book.takeMet(new long[4]);
    }
  }

  private void write(final Shape shape, final int parent, final int[] leaf) {
    if (shape.children.isEmpty()) {
      desk.price(parent, Compare.AT_OR_ABOVE, 100).of(SOURCES[leaf[0]++], 0);
      return;
    }
    final int self = desk.spec.nodeCount;
    desk.op(shape.op, parent, NodeOp.N_OF == shape.op ? shape.need : 0, 0);
    for (final Shape child : shape.children) {
      write(child, self, leaf);
    }
  }

  private static List<Shape> shapes(final int leaves, final boolean mayNegate) {
    final List<Shape> all = new ArrayList<>();
    if (1 == leaves) {
      all.add(new Shape(NodeOp.LEAF, 0, List.of()));
    }
    for (final List<Shape> children : rows(leaves)) {
      all.add(new Shape(NodeOp.ALL, 0, children));
      all.add(new Shape(NodeOp.ANY, 0, children));
      for (int need = 1; need <= children.size(); need++) {
        all.add(new Shape(NodeOp.N_OF, need, children));
      }
    }
    if (mayNegate) {
      shapes(leaves, false).forEach(each -> all.add(new Shape(NodeOp.NOT, 0, List.of(each))));
    }
    return all;
  }

  /** Every row of two or more shapes with so many leaves together; deeper ones only of leaves and their negations. */
  private static List<List<Shape>> rows(final int leaves) {
    final List<List<Shape>> rows = new ArrayList<>();
    if (leaves < 2) {
      return rows;
    }
    for (int first = 1; first < leaves; first++) {
      for (final Shape one : shapes(first, first < 2)) {
        for (final Shape rest : shapes(leaves - first, leaves - first < 2)) {
          rows.add(List.of(one, rest));
        }
      }
    }
    if (3 == leaves) {
      final Shape leaf = new Shape(NodeOp.LEAF, 0, List.of());
      rows.add(List.of(leaf, leaf, leaf));
    }
    return rows;
  }
}
