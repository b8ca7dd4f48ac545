package io.gavel.engine.core;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.Text32Decoder;
import org.agrona.MutableDirectBuffer;

/**
 * Touches the memory that the next frames are about, some frames at a time, so that the machine fetches it side by side
 * instead of one line behind the other: in a large house a command waits mostly for memory. Only looks: what it sees
 * decides nothing, and whether it is asked at all changes no outcome. One thread, the core's.
 */
public final class FrameOutlook {

  /** Frames looked at together: enough to wait for all of them once, few enough to still be near when applied. */
  public static final int FRAMES_MAX = 32;

  private static final int NONE = OrderTable.NULL_SLOT;

  private final Rooms rooms;
  private final FrameFlyweight frame = new FrameFlyweight();
  private final PlaceOrderDecoder place = new PlaceOrderDecoder();
  private final CancelOrderDecoder cancel = new CancelOrderDecoder();
  private final AmendOrderDecoder amend = new AmendOrderDecoder();
  private final long[] accounts = new long[FRAMES_MAX];
  private final long[] orderIds = new long[FRAMES_MAX];
  private final long[] clientWords = new long[4 * FRAMES_MAX];
  private final int[] slots = new int[FRAMES_MAX];
  private final int[] reservations = new int[FRAMES_MAX];
  private int frames;
  /** What was seen: kept, so that the compiler must look. */
  private long seen;

  FrameOutlook(final Rooms rooms) {
    this.rooms = rooms;
  }

  /** Forgets the frames before. */
  public void begin() {
    frames = 0;
  }

  /** Takes one more frame, which must have been checked, of at most {@link #FRAMES_MAX}. */
  public void add(final MutableDirectBuffer buffer, final int offset) {
    frame.wrap(buffer, offset);
    final int at = frames;
    switch (frame.templateId()) {
      case AmendOrderDecoder.TEMPLATE_ID -> {
        amend.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        take(at, amend.header(), amend.orderId(), amend.clOrdId());
      }
      case PlaceOrderDecoder.TEMPLATE_ID -> {
        place.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        take(at, place.header(), 0, place.clOrdId());
      }
      case CancelOrderDecoder.TEMPLATE_ID -> {
        cancel.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        take(at, cancel.header(), cancel.orderId(), cancel.clOrdId());
      }
      default -> {
        return;
      }
    }
    frames++;
  }

  /** Looks at everything the frames name: each step at all of them before the next follows what it found. */
  public void look() {
    long sum = 0;
    for (int i = 0; i < frames; i++) {
      slots[i] = 0 != orderIds[i] ? rooms.pool.slotOf(orderIds[i])
          : rooms.clientIds.orderSlot(accounts[i], clientWords[4 * i], clientWords[4 * i + 1], clientWords[4 * i + 2],
          clientWords[4 * i + 3]);
    }
    for (int i = 0; i < frames; i++) {
      accounts[i] = rooms.risk.accountSlot(accounts[i]);
    }
    for (int i = 0; i < frames; i++) {
      reservations[i] = NONE;
      if (NONE != slots[i]) {
        reservations[i] = rooms.orders.reservation(slots[i]);
        sum += rooms.orders.clientWord(slots[i], 0);
      }
    }
    for (int i = 0; i < frames; i++) {
      sum += reservations[i] < 0 ? 0 : rooms.risk.reservedUnits(reservations[i]);
    }
    for (int i = 0; i < frames; i++) {
      sum += reservations[i] < 0 ? glanceAtAccount((int) accounts[i]) : rooms.risk.glance(reservations[i]);
    }
    seen += sum;
  }

  /** At an account's balances; nothing for an account that does not exist. */
  private long glanceAtAccount(final int accountSlot) {
    return accountSlot < 0 ? 0 : rooms.risk.ledger().glance(accountSlot);
  }

  /** A number that means nothing. */
  long seen() {
    return seen;
  }

  private void take(final int at, final CommandHeaderDecoder header, final long orderId, final Text32Decoder clOrdId) {
    accounts[at] = header.account();
    orderIds[at] = orderId;
    clientWords[4 * at] = clOrdId.w0();
    clientWords[4 * at + 1] = clOrdId.w1();
    clientWords[4 * at + 2] = clOrdId.w2();
    clientWords[4 * at + 3] = clOrdId.w3();
  }
}
