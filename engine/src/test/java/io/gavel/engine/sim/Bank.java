package io.gavel.engine.sim;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.engine.AdapterPort;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.ring.Ingress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The outside party that pays money out: it hears of holds from its own saved position on, and answers late, twice, the
 * opposite of what it said, too much, or never. Whatever it says, each hold must end once.
 */
final class Bank implements AdapterPort {

  /** An order to pay. */
  record Intent(long holdId, long account, long units) { }

  private final TreeMap<Long, Intent> open = new TreeMap<>();
  private final ArrayDeque<Intent> fresh = new ArrayDeque<>();
  private final TreeSet<Long> ended = new TreeSet<>();
  private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
  private UnsafeBuffer saying = new UnsafeBuffer(new byte[0]);
  private long offerCode;
  private long heardSequence;
  private int heardIndex = -1;
  private long savedSequence;
  private int savedIndex = -1;
  private long endings;

  @Override
  public long savedSequence() {
    return savedSequence;
  }

  @Override
  public int savedIndex() {
    return savedIndex;
  }

  /** What it has heard is on its own disk now. */
  void save() {
    savedSequence = heardSequence;
    savedIndex = heardIndex;
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    final long sequence = EventKey.sequence(buffer, offset);
    final int index = EventKey.index(buffer, offset);
    final boolean again = sequence < heardSequence || (sequence == heardSequence && index <= heardIndex);
    if (!again) {
      heardSequence = sequence;
      heardIndex = index;
    }
    if (BalanceChangedDecoder.TEMPLATE_ID == EventKey.templateId(buffer, offset)) {
      balance.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset), 0);
      changed(balance, again);
    }
  }

  /** Has something to say. */
  void say(final UnsafeBuffer command) {
    saying = command;
  }

  @Override
  public int answer(final Ingress commands) {
    offerCode = commands.offer(saying, 0, saying.capacity());
    return offerCode < 0 ? 0 : 1;
  }

  /** What it was told when it last said something. */
  long offerCode() {
    return offerCode;
  }

  private void changed(final BalanceChangedDecoder event, final boolean again) {
    final long holdId = event.holdId();
    if (BalanceCause.HOLD == event.cause()) {
      final Intent intent = new Intent(holdId, event.header().account(), -event.changeUnits());
      if (!ended.contains(holdId) && null == open.put(holdId, intent)) {
        fresh.add(intent);
      }
    } else if (BalanceCause.SETTLE == event.cause() || BalanceCause.RELEASE == event.cause()) {
      open.remove(holdId);
      Witness.check(ended.add(holdId) || again, "hold " + holdId + " ended twice");
      endings += again ? 0 : 1;
    }
  }

  /** Orders to pay that have not been looked at; null: none. */
  @Nullable Intent next() {
    return fresh.poll();
  }

  /** Holds that have not ended. */
  Map<Long, Intent> open() {
    return open;
  }

  long endings() {
    return endings;
  }
}
