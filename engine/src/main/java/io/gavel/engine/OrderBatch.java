package io.gavel.engine;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.ring.CommandBatch;
import io.gavel.engine.ring.Ingress;
import java.util.function.Consumer;

/** The items of {@link Orders#batch}, in their order; valid only inside its lambda. */
public final class OrderBatch {

  private final Orders orders;
  private final Ingress ingress;
  private final CommandBatch items;
  private boolean open = true;

  OrderBatch(final Orders orders, final Ingress ingress, final CommandBatch items) {
    this.orders = orders;
    this.ingress = ingress;
    this.items = items;
  }

  public OrderBatch place(final Consumer<OrderTicket> fill) {
    return add(() -> orders.encodePlace(fill));
  }

  public OrderBatch cancel(final Consumer<CancelTicket> fill) {
    return add(() -> orders.encodeCancel(fill));
  }

  /** By the host's id. */
  public OrderBatch cancel(final String acct, final String clOrdId) {
    return cancel(c -> c.acct(acct).clOrdId(clOrdId));
  }

  public OrderBatch amend(final Consumer<AmendTicket> fill) {
    return add(() -> orders.encodeAmend(fill));
  }

  void close() {
    open = false;
  }

  /** What does not fit names the item it is in, counted from 0. */
  private OrderBatch add(final Runnable encode) {
    if (!open) {
      throw new IllegalStateException("a batch is filled inside its lambda, not behind it");
    }
    final String place = "items[" + items.size() + "]";
    if (items.isFull()) {
      throw new RefusedException(
          ReasonCode.OUT_OF_RANGE, place, "", "is one too many: a batch has at most " + CommandBatch.ITEMS_MAX);
    }
    try {
      encode.run();
    } catch (final RefusedException ex) {
      throw new RefusedException(place, ex);
    }
    final long code = ingress.addTo(items);
    if (code < 0) {
      throw new RefusedException(Codes.reason(code), place, "", "was refused at ingress");
    }
    return this;
  }
}
