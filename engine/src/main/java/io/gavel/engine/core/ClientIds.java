package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.Text32;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.trigger.RuleBook;
import org.agrona.BitUtil;

/**
 * Which live order or rule an account's client id names. Open addressing with linear probes and backward-shift
 * deletion, one word an entry; at most half full. The id itself is compared where the order or rule keeps it, which
 * whoever looks one up reads next anyway. Derived from orders and rules, so it is not part of the state.
 *
 * <pre>
 *   entry   | hash of account and id (32 bits) | slot + 1 of an order, -(slot + 1) of a rule (32 bits) |   0: free
 * </pre>
 */
final class ClientIds {

  private static final int NONE = 0;
  private static final long LOW_32 = 0xFFFF_FFFFL;

  private final OrderPool pool;
  private final OrderTable orders;
  private final RuleBook rules;
  private final RuleTable ruleTable;
  private long[] entries;
  private int mask;
  private int shift;
  private int size;

  ClientIds(final int entriesMax, final OrderPool pool, final OrderTable orders, final RuleBook rules,
      final RuleTable ruleTable) {
    this.pool = pool;
    this.orders = orders;
    this.rules = rules;
    this.ruleTable = ruleTable;
    entries = allocate(entriesMax);
  }

  private long[] allocate(final int entriesMax) {
    final int capacity = BitUtil.findNextPositivePowerOfTwo(Math.max(16, 2 * entriesMax));
    mask = capacity - 1;
    shift = Long.SIZE - Integer.numberOfTrailingZeros(capacity);
    return new long[capacity];
  }

  /** Makes room for more. An entry holds enough of its hash to find its new place. Allocates. */
  void grow(final int entriesMax) {
    final long[] before = entries;
    entries = allocate(entriesMax);
    for (final long entry : before) {
      if (0 != entry) {
        insert(entry);
      }
    }
  }

  /** Whether a live order or rule of the account has this client id; none is never taken. */
  boolean isTaken(final long account, final long w0, final long w1, final long w2, final long w3) {
    return NONE != find(account, w0, w1, w2, w3);
  }

  /** The order, or {@link OrderTable#NULL_SLOT}. */
  int orderSlot(final long account, final long w0, final long w1, final long w2, final long w3) {
    final int found = find(account, w0, w1, w2, w3);
    return found > NONE ? found - 1 : OrderTable.NULL_SLOT;
  }

  /** The rule, or {@link RuleTable#NULL_SLOT}. */
  int ruleSlot(final long account, final long w0, final long w1, final long w2, final long w3) {
    final int found = find(account, w0, w1, w2, w3);
    return found < NONE ? -found - 1 : RuleTable.NULL_SLOT;
  }

  /** The id of the order or rule, or 0. */
  long idOf(final long account, final long w0, final long w1, final long w2, final long w3) {
    final int found = find(account, w0, w1, w2, w3);
    if (NONE == found) {
      return 0;
    }
    return found > NONE ? pool.orderId(found - 1) : rules.ruleId(-found - 1);
  }

  /** Remembers the client id of an order, which no other has; none is not remembered. */
  void putOrder(final int slot) {
    put(hashOfOrder(slot), slot + 1);
  }

  /** Remembers the client id of a rule, which no other has; none is not remembered. */
  void putRule(final int slot) {
    put(hashOfRule(slot), -slot - 1);
  }

  /** Forgets the client id of an order that still has it. */
  void removeOrder(final int slot) {
    remove(hashOfOrder(slot), slot + 1);
  }

  /** Forgets the client id of a rule that still has it. */
  void removeRule(final int slot) {
    remove(hashOfRule(slot), -slot - 1);
  }

  private int find(final long account, final long w0, final long w1, final long w2, final long w3) {
    final long hash = hash(account, w0, w1, w2, w3);
    if (NONE == hash) {
      return NONE;
    }
    int index = (int) (hash >>> shift);
    for (long entry = entries[index]; 0 != entry; entry = entries[index]) {
      if (0 == (entry ^ hash) >>> Integer.SIZE && isNamed((int) entry, account, w0, w1, w2, w3)) {
        return (int) entry;
      }
      index = (index + 1) & mask;
    }
    return NONE;
  }

  private boolean isNamed(
      final int found, final long account, final long w0, final long w1, final long w2, final long w3) {
    if (found > NONE) {
      return account == pool.account(found - 1) && orders.hasClientId(found - 1, w0, w1, w2, w3);
    }
    return account == rules.account(-found - 1) && ruleTable.hasClientId(-found - 1, w0, w1, w2, w3);
  }

  private void put(final long hash, final int named) {
    if (NONE == hash) {
      return;
    }
    Invariants.check(2 * (size + 1) <= mask + 1, "client ids overfull: size, capacity", size, mask + 1L);
    insert(entry(hash, named));
    size++;
  }

  private void insert(final long entry) {
    int index = (int) (entry >>> shift);
    while (0 != entries[index]) {
      index = (index + 1) & mask;
    }
    entries[index] = entry;
  }

  private void remove(final long hash, final int named) {
    if (NONE == hash) {
      return;
    }
    final long entry = entry(hash, named);
    int hole = (int) (hash >>> shift);
    while (entries[hole] != entry) {
      Invariants.check(0 != entries[hole], "client id to remove is not there: named", named, size);
      hole = (hole + 1) & mask;
    }
    size--;
    int next = (hole + 1) & mask;
    while (0 != entries[next]) {
      final int home = (int) (entries[next] >>> shift);
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        entries[hole] = entries[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    entries[hole] = 0;
  }

  private static long entry(final long hash, final int named) {
    return (hash & ~LOW_32) | (named & LOW_32);
  }

  private long hashOfOrder(final int slot) {
    return hash(pool.account(slot), orders.clientWord(slot, 0), orders.clientWord(slot, 1),
        orders.clientWord(slot, 2), orders.clientWord(slot, 3));
  }

  private long hashOfRule(final int slot) {
    return hash(rules.account(slot), ruleTable.clientWord(slot, 0), ruleTable.clientWord(slot, 1),
        ruleTable.clientWord(slot, 2), ruleTable.clientWord(slot, 3));
  }

  /** Never 0 for a client id, always 0 for none; its upper bits are the spread ones. */
  private static long hash(final long account, final long w0, final long w1, final long w2, final long w3) {
    return Text32.isNone(w0, w1, w2, w3) ? NONE : Text32.hash(w0 ^ account * 0x9E37_79B9_7F4A_7C15L, w1, w2, w3) | 1;
  }
}
