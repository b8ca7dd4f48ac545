package io.gavel.engine.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What the ids of a journalled run became in the changed one. One counter gives ids to orders, rules and holds, so a
 * rule that fires earlier moves every id behind it, and a journalled {@code cancel order 17} would meet somebody
 * else's. What a command made is known by its command, what a rule sent by the rule and its place among its orders.
 */
final class IdMap {

  /** Of what does not exist in the changed run: no engine ever gives it. */
  static final long GONE = Long.MAX_VALUE;

  private static final long NULL_ID = 0;

  private final Long2LongHashMap changedOf = new Long2LongHashMap(NULL_ID);
  private final Long2LongHashMap ruleOf = new Long2LongHashMap(NULL_ID);
  private final Long2LongHashMap placeOf = new Long2LongHashMap(NULL_ID);
  private final Long2ObjectHashMap<LongArrayList> originalChildren = new Long2ObjectHashMap<>();
  private final Long2ObjectHashMap<LongArrayList> changedChildren = new Long2ObjectHashMap<>();

  /** A command of the journal made {@code original}, and {@code changed} now; 0: it made nothing. */
  void made(final int templateId, final long original, final long changed) {
    final boolean makes = PlaceOrderDecoder.TEMPLATE_ID == templateId || ArmRuleDecoder.TEMPLATE_ID == templateId
        || HoldFundsDecoder.TEMPLATE_ID == templateId;
    if (makes && NULL_ID != original && !changedOf.containsKey(original)) {
      changedOf.put(original, NULL_ID == changed ? GONE : changed);
    }
  }

  /** A rule of the journalled run sent an order. */
  void originalChild(final long ruleId, final long orderId) {
    ruleOf.put(orderId, ruleId);
    placeOf.put(orderId, children(originalChildren, ruleId).size() + 1L);
    children(originalChildren, ruleId).addLong(orderId);
  }

  /** A rule of the changed run sent an order. */
  void changedChild(final long ruleId, final long orderId) {
    children(changedChildren, ruleId).addLong(orderId);
  }

  /** The id in the changed run of what was {@code original}. */
  long changed(final long original) {
    final long direct = changedOf.get(original);
    final long rule = ruleOf.get(original);
    if (NULL_ID != direct || NULL_ID == rule) {
      return NULL_ID == direct ? original : direct;
    }
    final LongArrayList now = changedChildren.get(changed(rule));
    final int place = (int) placeOf.get(original) - 1;
    return null != now && place < now.size() ? now.getLong(place) : GONE;
  }

  /** Puts the ids of the changed run into a journalled command. */
  void translate(final MutableDirectBuffer frame, final int offset) {
    switch (FrameFlyweight.templateIdOf(frame, offset)) {
      case CancelOrderDecoder.TEMPLATE_ID -> translate(frame, offset, CancelOrderDecoder.orderIdEncodingOffset());
      case AmendOrderDecoder.TEMPLATE_ID -> translate(frame, offset, AmendOrderDecoder.orderIdEncodingOffset());
      case CancelRuleDecoder.TEMPLATE_ID -> translate(frame, offset, CancelRuleDecoder.ruleIdEncodingOffset());
      case AmendRuleDecoder.TEMPLATE_ID -> translate(frame, offset, AmendRuleDecoder.ruleIdEncodingOffset());
      case ReviewDecoder.TEMPLATE_ID -> translate(frame, offset, ReviewDecoder.ruleIdEncodingOffset());
      case SettleHoldDecoder.TEMPLATE_ID -> translate(frame, offset, SettleHoldDecoder.holdIdEncodingOffset());
      case ReleaseHoldDecoder.TEMPLATE_ID -> translate(frame, offset, ReleaseHoldDecoder.holdIdEncodingOffset());
      case ArmRuleDecoder.TEMPLATE_ID -> {
        translate(frame, offset, ArmRuleDecoder.parentIdEncodingOffset());
        translate(frame, offset, ArmRuleDecoder.updatesRuleIdEncodingOffset());
        translate(frame, offset, ArmRuleDecoder.holdIdEncodingOffset());
      }
      default -> {
        // Nothing else names what one counter counts.
      }
    }
  }

  private void translate(final MutableDirectBuffer frame, final int offset, final int at) {
    final int place = offset + FrameDescriptor.HEADER_LENGTH + at;
    final long original = frame.getLong(place, LITTLE_ENDIAN);
    if (NULL_ID != original) {
      frame.putLong(place, changed(original), LITTLE_ENDIAN);
    }
  }

  private static LongArrayList children(final Long2ObjectHashMap<LongArrayList> of, final long ruleId) {
    @Nullable LongArrayList list = of.get(ruleId);
    if (null == list) {
      list = new LongArrayList();
      of.put(ruleId, list);
    }
    return list;
  }
}
