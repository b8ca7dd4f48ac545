package io.gavel.engine;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.DecimalFormatException;
import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.engine.replay.JournalNames;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Asset;
import io.gavel.risk.instrument.Instrument;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Names and ids of assets, instruments and accounts, and the way between decimal text and the engine's whole numbers.
 * Fed from the frames that created them, live and on replay alike; a facade's new name counts from the moment it is
 * offered until the engine's answer confirms or withdraws it. Any thread.
 */
public final class Directory implements JournalNames {

  /** The id of what is not known. */
  public static final int NULL_ID = 0;

  private final Map<String, AssetEntry> assets = new ConcurrentHashMap<>();
  private final Map<String, InstrumentEntry> instruments = new ConcurrentHashMap<>();
  private final Map<String, AccountEntry> accounts = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<Integer, AssetEntry> assetById = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Integer, InstrumentEntry> instrumentById = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Long, AccountEntry> accountById = new ConcurrentSkipListMap<>();
  private final CreateAssetDecoder assetDecoder = new CreateAssetDecoder();
  private final CreateInstrumentDecoder instrumentDecoder = new CreateInstrumentDecoder();
  private final CreateAccountDecoder accountDecoder = new CreateAccountDecoder();

  /** An asset: amounts are whole numbers of ten to the minus {@code scale}. */
  public record AssetEntry(int id, String symbol, int scale, boolean confirmed) {
  }

  /** An account. */
  public record AccountEntry(long id, String name, boolean confirmed) {
  }

  /** An instrument and its steps; a contract's profits and fees are in its settle asset, which spot does not have. */
  public record InstrumentEntry(
      int id, String symbol, int baseAssetId, int quoteAssetId, int settleAssetId, DecimalStep tick, DecimalStep lot,
      int markUnitsPerTick, boolean confirmed) {
  }

  /** Id of the asset, or {@link #NULL_ID}. */
  public int assetId(final String symbol) {
    final AssetEntry entry = assets.get(symbol);
    return null == entry ? NULL_ID : entry.id();
  }

  /** Id of the instrument, or {@link #NULL_ID}. */
  public int instrumentId(final String symbol) {
    final InstrumentEntry entry = instruments.get(symbol);
    return null == entry ? NULL_ID : entry.id();
  }

  /** Id of the account, or {@link #NULL_ID}. */
  public long accountId(final String name) {
    final AccountEntry entry = accounts.get(name);
    return null == entry ? NULL_ID : entry.id();
  }

  /** Symbol of the asset; "#id" when unknown, so that a report can always print something. */
  @Override
  public String assetName(final int assetId) {
    final AssetEntry entry = assetById.get(assetId);
    return null == entry ? "#" + assetId : entry.symbol();
  }

  /** Symbol of the instrument; "#id" when unknown. */
  @Override
  public String instrumentName(final int instrumentId) {
    final InstrumentEntry entry = instrumentById.get(instrumentId);
    return null == entry ? "#" + instrumentId : entry.symbol();
  }

  /** Name of the account; "#id" when unknown. */
  @Override
  public String accountName(final long account) {
    final AccountEntry entry = accountById.get(account);
    return null == entry ? "#" + account : entry.name();
  }

  /** By id. */
  public @Nullable AssetEntry asset(final int assetId) {
    return assetById.get(assetId);
  }

  /** By id. */
  public @Nullable InstrumentEntry instrument(final int instrumentId) {
    return instrumentById.get(instrumentId);
  }

  /** By id, ascending. */
  public List<AssetEntry> assets() {
    return List.copyOf(assetById.values());
  }

  /** By id, ascending. */
  public List<InstrumentEntry> instruments() {
    return List.copyOf(instrumentById.values());
  }

  /** By id, ascending. */
  public List<AccountEntry> accounts() {
    return List.copyOf(accountById.values());
  }

  /** Decimal text of a price in ticks. */
  @Override
  public String priceText(final int instrumentId, final long priceTicks) {
    final InstrumentEntry entry = instrumentById.get(instrumentId);
    return null == entry ? priceTicks + " ticks" : entry.tick().format(priceTicks);
  }

  /** Decimal text of a size in lots. */
  @Override
  public String sizeText(final int instrumentId, final long quantityLots) {
    final InstrumentEntry entry = instrumentById.get(instrumentId);
    return null == entry ? quantityLots + " lots" : entry.lot().format(quantityLots);
  }

  /** Decimal text of a mark or index price in 1/markUnitsPerTick of a tick. */
  @Override
  public String markText(final int instrumentId, final long priceUnits) {
    final InstrumentEntry entry = instrumentById.get(instrumentId);
    return null == entry ? priceUnits + " units" : MarkText.format(entry, priceUnits);
  }

  /** Decimal text of an amount of an asset. */
  @Override
  public String amountText(final int assetId, final long amountUnits) {
    final AssetEntry entry = assetById.get(assetId);
    return null == entry ? amountUnits + " units" : DecimalText.format(amountUnits, entry.scale());
  }

  /**
   * Takes note of a frame that the engine has answered: what it created becomes known, what it refused is withdrawn.
   * Called by the engine and by replay, one frame at a time.
   */
  @Override
  public synchronized void onFrame(final DirectBuffer buffer, final int offset, final boolean accepted) {
    final int body = offset + FrameDescriptor.HEADER_LENGTH;
    final int blockLength = buffer.getShort(offset + FrameDescriptor.BLOCK_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    final int version = buffer.getShort(offset + FrameDescriptor.VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    switch (FrameFlyweight.templateIdOf(buffer, offset)) {
      case CreateAssetDecoder.TEMPLATE_ID -> {
        assetDecoder.wrap(buffer, body, blockLength, version);
        onAsset(assetDecoder.assetId(), text(assetDecoder.symbol()), assetDecoder.scale(), accepted);
      }
      case CreateInstrumentDecoder.TEMPLATE_ID -> {
        instrumentDecoder.wrap(buffer, body, blockLength, version);
        onInstrument(accepted);
      }
      case CreateAccountDecoder.TEMPLATE_ID -> {
        accountDecoder.wrap(buffer, body, blockLength, version);
        onAccount(accountDecoder.header().account(), text(accountDecoder.name()), accepted);
      }
      default -> {
        // Nothing else has a name.
      }
    }
  }

  /** Learns the assets and instruments that a restored core knows. */
  void learnMarkets(final RiskEngine risk) {
    for (int i = 0; i < risk.assetCount(); i++) {
      final Asset asset = risk.assetAt(i);
      put(new AssetEntry(asset.id(), asset.symbol().toString(), asset.scale(), true));
    }
    for (int i = 0; i < risk.instrumentCount(); i++) {
      final Instrument instrument = risk.instrumentAt(i);
      put(new InstrumentEntry(instrument.id(), instrument.symbol().toString(), instrument.baseAssetId(),
          instrument.quoteAssetId(), instrument.settleAssetId(), DecimalStep.ofE10(instrument.tickSizeE10()),
          DecimalStep.ofE10(instrument.lotSizeE10()), instrument.markUnitsPerTick(), true));
    }
  }

  /** Learns an account that a restored core knows. */
  void learnAccount(final long id, final String name) {
    put(new AccountEntry(id, name, true));
  }

  /** The asset, or a refusal that names {@code field}. */
  AssetEntry baseOf(final InstrumentEntry instrument) {
    final AssetEntry base = asset(instrument.baseAssetId());
    if (null == base) {
      throw new IllegalStateException("no base asset: " + instrument.symbol());
    }
    return base;
  }

  AssetEntry requireAsset(final @Nullable String symbol, final String field) {
    final AssetEntry entry = null == symbol ? null : assets.get(symbol);
    if (null == entry) {
      throw new RefusedException(ReasonCode.UNKNOWN_ASSET, field, String.valueOf(symbol), "is no known asset");
    }
    return entry;
  }

  /** The instrument, or a refusal that names the field. */
  InstrumentEntry requireInstrument(final @Nullable String symbol) {
    final InstrumentEntry entry = null == symbol ? null : instruments.get(symbol);
    if (null == entry) {
      throw new RefusedException(
          ReasonCode.UNKNOWN_INSTRUMENT, "instId", String.valueOf(symbol), "is no known instrument");
    }
    return entry;
  }

  /** The account, or a refusal that names the field. */
  long requireAccount(final @Nullable String name) {
    final AccountEntry entry = null == name ? null : accounts.get(name);
    if (null == entry) {
      throw new RefusedException(ReasonCode.UNKNOWN_ACCOUNT, "acct", String.valueOf(name), "is no known account");
    }
    return entry.id();
  }

  /** Id under which to create an asset: the known one, or the next; it counts as known until the engine answers. */
  synchronized int offerAsset(final String symbol, final int scale) {
    final AssetEntry known = assets.get(symbol);
    if (null != known) {
      return known.id();
    }
    final int id = assetById.isEmpty() ? 1 : assetById.lastKey() + 1;
    put(new AssetEntry(id, symbol, scale, false));
    return id;
  }

  /** As {@link #offerAsset}; {@code draft} has no id yet. */
  synchronized int offerInstrument(final InstrumentEntry draft) {
    final InstrumentEntry known = instruments.get(draft.symbol());
    if (null != known) {
      return known.id();
    }
    final int id = instrumentById.isEmpty() ? 1 : instrumentById.lastKey() + 1;
    put(new InstrumentEntry(id, draft.symbol(), draft.baseAssetId(), draft.quoteAssetId(), draft.settleAssetId(),
        draft.tick(), draft.lot(),
        draft.markUnitsPerTick(), false));
    return id;
  }

  /** As {@link #offerAsset}. */
  synchronized long offerAccount(final String name) {
    final AccountEntry known = accounts.get(name);
    if (null != known) {
      return known.id();
    }
    final long id = accountById.isEmpty() ? 1 : accountById.lastKey() + 1;
    put(new AccountEntry(id, name, false));
    return id;
  }

  private void onAsset(final int id, final String symbol, final int scale, final boolean accepted) {
    if (accepted) {
      put(new AssetEntry(id, symbol, scale, true));
      return;
    }
    final AssetEntry known = assetById.get(id);
    if (null != known && !known.confirmed() && known.symbol().equals(symbol)) {
      assetById.remove(id);
      assets.remove(symbol);
    }
  }

  /** What a contract settles in where the command does not say: its quote, or when it is inverse its base. */
  private static int settleAssetId(final CreateInstrumentDecoder decoder) {
    final InstrumentKind kind = decoder.kind();
    final boolean isToken = InstrumentKind.LEVERAGED_TOKEN == kind || InstrumentKind.SYNTHETIC == kind;
    if (InstrumentKind.SPOT == kind || isToken || 0 != decoder.settleAssetId()) {
      return decoder.settleAssetId();
    }
    return InstrumentKind.INVERSE_PERPETUAL == kind || InstrumentKind.INVERSE_FUTURE == kind
        ? decoder.baseAssetId() : decoder.quoteAssetId();
  }

  private void onInstrument(final boolean accepted) {
    final CreateInstrumentDecoder decoder = instrumentDecoder;
    final String symbol = text(decoder.symbol());
    if (accepted) {
      put(new InstrumentEntry(decoder.instrumentId(), symbol, decoder.baseAssetId(), decoder.quoteAssetId(),
          settleAssetId(decoder),
          DecimalStep.ofE10(decoder.tickSizeE10()), DecimalStep.ofE10(decoder.lotSizeE10()),
          decoder.markUnitsPerTick(), true));
      return;
    }
    final InstrumentEntry known = instrumentById.get(decoder.instrumentId());
    if (null != known && !known.confirmed() && known.symbol().equals(symbol)) {
      instrumentById.remove(known.id());
      instruments.remove(symbol);
    }
  }

  private void onAccount(final long id, final String name, final boolean accepted) {
    if (accepted) {
      put(new AccountEntry(id, name, true));
      return;
    }
    final AccountEntry known = accountById.get(id);
    if (null != known && !known.confirmed() && known.name().equals(name)) {
      accountById.remove(id);
      accounts.remove(name);
    }
  }

  private void put(final AssetEntry entry) {
    assetById.put(entry.id(), entry);
    assets.put(entry.symbol(), entry);
  }

  private void put(final InstrumentEntry entry) {
    instrumentById.put(entry.id(), entry);
    instruments.put(entry.symbol(), entry);
  }

  private void put(final AccountEntry entry) {
    accountById.put(entry.id(), entry);
    accounts.put(entry.name(), entry);
  }

  private static String text(final Text32Decoder words) {
    return Text32.toString(words.w0(), words.w1(), words.w2(), words.w3());
  }

  /** Mark and index prices are finer than a tick, and the finer step need not be a decimal. */
  static final class MarkText {

    private static final int EXACT_SCALE = 20;

    private MarkText() {
    }

    static long parse(final InstrumentEntry entry, final String px) {
      try {
        final long e10 = DecimalText.parse(px, DecimalText.SCALE_MAX, "px");
        final long product = Math.multiplyExact(e10, (long) entry.markUnitsPerTick());
        if (0 == product % entry.tick().stepE10()) {
          return product / entry.tick().stepE10();
        }
      } catch (final DecimalFormatException ex) {
        throw new RefusedException(ex);
      } catch (final ArithmeticException ex) {
        throw new RefusedException(ReasonCode.OUT_OF_RANGE, "px", px, "is too large");
      }
      throw new RefusedException(ReasonCode.OUT_OF_RANGE, "px", px, "is no multiple of 1/"
          + entry.markUnitsPerTick() + " of the tick " + entry.tick().format(1));
    }

    static String format(final InstrumentEntry entry, final long priceUnits) {
      final BigDecimal ticks = BigDecimal.valueOf(priceUnits)
          .multiply(BigDecimal.valueOf(entry.tick().stepE10(), DecimalText.SCALE_MAX));
      final BigDecimal exact =
          ticks.divide(BigDecimal.valueOf(entry.markUnitsPerTick()), EXACT_SCALE, RoundingMode.FLOOR);
      return 0 == exact.signum() ? "0" : exact.stripTrailingZeros().toPlainString();
    }
  }
}
