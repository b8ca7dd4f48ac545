package io.gavel.engine.book;

import io.gavel.codecs.Invariants;
import java.util.Arrays;

/**
 * What one chunk of matching did, in order. The book fills it anew with each {@link OrderBook#match} and
 * {@link OrderBook#uncross}; who called reads it and settles. An entry shows both orders as they are right after it.
 * One thread.
 */
public final class FillBuffer {

  /** What an entry says. All but {@link #TRADE} come from self-trade prevention. */
  public enum Kind {
    /** Lots changed hands; a maker with no open lots left is out of the book, in an uncrossing a taker too. */
    TRADE,
    /** The maker is out of the book with the lots it had open. */
    MAKER_CANCELLED,
    /** The maker lost lots and kept its place. */
    MAKER_REDUCED,
    /** The taker's rest is gone: nothing of it may rest. For a buy by quote amount: the lots it could still pay. */
    TAKER_CANCELLED,
    /** The taker lost lots and goes on; a buy by quote amount lost their price from its budget. */
    TAKER_REDUCED
  }

  private final int fillsPerChunk;
  private final Kind[] kinds;
  private final int[] makerSlots;
  private final int[] takerSlots;
  private final int[] pricesTicks;
  private final long[] lots;
  private final long[] makerOpenLots;
  private final long[] takerOpenLots;
  private long notionalLeftUnits;
  private int size;

  /** A chunk ends with the step that makes it {@code fillsPerChunk} entries long, or one longer. */
  public FillBuffer(final int fillsPerChunk) {
    if (fillsPerChunk <= 0) {
      throw new IllegalArgumentException("fillsPerChunk out of range: " + fillsPerChunk);
    }
    this.fillsPerChunk = fillsPerChunk;
    final int capacity = capacity();
    kinds = new Kind[capacity];
    Arrays.fill(kinds, Kind.TRADE);
    makerSlots = new int[capacity];
    takerSlots = new int[capacity];
    pricesTicks = new int[capacity];
    lots = new long[capacity];
    makerOpenLots = new long[capacity];
    takerOpenLots = new long[capacity];
  }

  /** Most entries of a chunk: one more than asked for, as two orders of one account may both change in one step. */
  public int capacity() {
    return fillsPerChunk + 1;
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  public Kind kind(final int index) {
    return kinds[index];
  }

  /** The maker's slot, also where the entry is about the taker: release makers after the whole chunk was read. */
  public int makerSlot(final int index) {
    return makerSlots[index];
  }

  /** The order that takes: in matching the same one throughout, in an uncrossing the one of the two that came later. */
  public int takerSlot(final int index) {
    return takerSlots[index];
  }

  /** The maker's price; in an uncrossing its one price. */
  public int priceTicks(final int index) {
    return pricesTicks[index];
  }

  /** Lots traded, cancelled or taken off. */
  public long lots(final int index) {
    return lots[index];
  }

  public long makerOpenLots(final int index) {
    return makerOpenLots[index];
  }

  /** 0 throughout for a buy by quote amount. */
  public long takerOpenLots(final int index) {
    return takerOpenLots[index];
  }

  /** What the chunk left of the budget of a buy by quote amount: the budget of the next chunk. */
  public long notionalLeftUnits() {
    return notionalLeftUnits;
  }

  void notionalLeftUnits(final long units) {
    notionalLeftUnits = units;
  }

  boolean isChunkFull() {
    return size >= fillsPerChunk;
  }

  void add(final Kind kind, final int makerSlot, final int takerSlot, final int priceTicks, final long entryLots,
      final long makerOpen, final long takerOpen) {
    Invariants.check(entryLots > 0, "entry without lots: slot, lots", makerSlot, entryLots);
    kinds[size] = kind;
    makerSlots[size] = makerSlot;
    takerSlots[size] = takerSlot;
    pricesTicks[size] = priceTicks;
    lots[size] = entryLots;
    makerOpenLots[size] = makerOpen;
    takerOpenLots[size] = takerOpen;
    size++;
  }
}
