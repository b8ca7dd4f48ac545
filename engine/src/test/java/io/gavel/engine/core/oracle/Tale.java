package io.gavel.engine.core.oracle;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.HaltChangedDecoder;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PriceChangedDecoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TradeDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one frame makes the core tell, as plain numbers: the oracle's tale and the machine's are compared field by
 * field, and put into words only when they differ. An event is its length, template, time, account and fields.
 */
public final class Tale {

  private static final int HEADER = 4;
  private static final int ACCOUNT = 3;

  private long[] cells = new long[1 << 10];
  private int end;
  private int begun;
  private long nowNs;

  public void clear() {
    end = 0;
  }

  /** Engine time of the events that follow. */
  void at(final long timeNs) {
    nowNs = timeNs;
  }

  public boolean isEmpty() {
    return 0 == end;
  }

  /** How many cells are told so far. */
  public int size() {
    return end;
  }

  /** Begins an event with its template and account. */
  Tale begin(final int template, final long account) {
    begun = end;
    return put(0).put(template).put(nowNs).put(account);
  }

  Tale put(final long value) {
    if (end == cells.length) {
      cells = Arrays.copyOf(cells, 2 * end);
    }
    cells[end++] = value;
    return this;
  }

  Tale put(final boolean value) {
    return put(value ? 1 : 0);
  }

  void end() {
    cells[begun] = (long) end - begun;
  }

  /** Whether all that {@code told} has so far is what this one foretells, from its beginning. */
  public boolean beginsWith(final Tale told) {
    return told.end <= end && Arrays.equals(cells, 0, told.end, told.cells, 0, told.end);
  }

  public boolean isSameAs(final Tale other) {
    return end == other.end && beginsWith(other);
  }

  /** Whether the first event, when nothing fell due, is an acceptance. */
  public boolean isAccepted() {
    return end > 0 && CommandAnswerDecoder.TEMPLATE_ID == cells[1] && ReasonCode.OK.value() == cells[HEADER];
  }

  /** An event a line. */
  public List<String> lines() {
    final List<String> lines = new ArrayList<>();
    for (int at = 0; at < end; at += (int) cells[at]) {
      lines.add(line((int) cells[at + 1], at + HEADER));
    }
    return lines;
  }

  /** Everything of every event, for a difference that the words do not show. */
  public String raw() {
    final StringBuilder text = new StringBuilder();
    for (int at = 0; at < end; at += (int) cells[at]) {
      text.append("\n  ").append(line((int) cells[at + 1], at + HEADER)).append("   ")
          .append(Arrays.toString(Arrays.copyOfRange(cells, at, at + (int) cells[at])));
    }
    return text.toString();
  }

  private String line(final int template, final int f) {
    return switch (template) {
      case CommandAnswerDecoder.TEMPLATE_ID -> "answer " + code(f) + (0 == cells[f + 1] ? "" : " id=" + cells[f + 1])
          + (0 == cells[f + 2] ? "" : " duplicate of " + cells[f + 3]);
      case OrderAcceptedDecoder.TEMPLATE_ID -> "accepted " + cells[f] + " " + side(f + 1) + " " + cells[f + 2] + "@"
          + cells[f + 3] + (0 == cells[f + 4] ? "" : " rule=" + cells[f + 4]);
      case TradeDecoder.TEMPLATE_ID -> "trade " + cells[f] + "@" + cells[f + 1] + " taker=" + cells[f + 2] + " maker="
          + cells[f + 3] + " open=" + cells[f + 4] + "/" + cells[f + 5]
          + (0 == cells[f + 6] && 0 == cells[f + 7] ? "" : " fees=" + cells[f + 6] + "/" + cells[f + 7]);
      case OrderClosedDecoder.TEMPLATE_ID -> "closed " + cells[f] + " " + code(f + 1) + " filled=" + cells[f + 2]
          + " cancelled=" + cells[f + 3];
      case OrderAmendedDecoder.TEMPLATE_ID -> "amended " + cells[f] + " " + cells[f + 1] + "@" + cells[f + 2]
          + (0 == cells[f + 3] ? " lost " : " kept ") + code(f + 4);
      case BalanceChangedDecoder.TEMPLATE_ID -> "balance " + cells[f - HEADER + ACCOUNT] + "/" + cells[f] + " "
          + BalanceCause.get((short) cells[f + 1]) + " " + cells[f + 2] + " free=" + cells[f + 3] + " held="
          + cells[f + 4];
      case PriceChangedDecoder.TEMPLATE_ID -> "price " + source(f) + " " + cells[f + 1];
      case HaltChangedDecoder.TEMPLATE_ID ->
          "halt " + HaltScope.get((short) cells[f]) + (0 == cells[f + 1] ? " NO" : " YES");
      default -> ruleLine(template, f);
    };
  }

  private String ruleLine(final int template, final int f) {
    return switch (template) {
      case ChildRefusedDecoder.TEMPLATE_ID -> "refused child of " + cells[f] + " " + code(f + 1);
      case RuleArmedDecoder.TEMPLATE_ID -> {
        final String name = Text32.toString(cells[f + 5], cells[f + 6], 0, 0);
        final StringBuilder line = new StringBuilder("armed " + cells[f] + " v" + cells[f + 1] + " " + state(f + 2)
            + " " + side(f + 3) + " " + cells[f + 4] + (name.isEmpty() ? "" : " " + name));
        for (int leg = f + 8; leg < f + 8 + 3 * (int) cells[f + 7]; leg += 3) {
          line.append(' ').append(RuleKind.get((short) cells[leg])).append(':').append(source(leg + 1)).append('@')
              .append(cells[leg + 2]);
        }
        yield line.toString();
      }
      case RuleStateChangedDecoder.TEMPLATE_ID -> "rule " + cells[f] + " " + state(f + 1) + "->" + state(f + 2) + " "
          + code(f + 3) + " remaining=" + cells[f + 4];
      case RuleTriggeredDecoder.TEMPLATE_ID -> "triggered " + cells[f] + " v" + cells[f + 1] + " leg=" + cells[f + 2]
          + " " + RuleKind.get((short) cells[f + 3]) + " " + source(f + 4) + " " + cells[f + 5] + " level="
          + cells[f + 6] + (0 == cells[f + 7] ? "" : " extremum=" + cells[f + 7]) + " protection=" + cells[f + 8]
          + " cause=" + cells[f + 9];
      default -> "event " + template;
    };
  }

  private ReasonCode code(final int cell) {
    return ReasonCode.get((short) cells[cell]);
  }

  private Side side(final int cell) {
    return Side.get((short) cells[cell]);
  }

  private RuleState state(final int cell) {
    return RuleState.get((short) cells[cell]);
  }

  private PriceSource source(final int cell) {
    return PriceSource.get((short) cells[cell]);
  }
}
