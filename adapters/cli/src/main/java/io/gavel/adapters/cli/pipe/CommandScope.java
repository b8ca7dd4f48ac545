package io.gavel.adapters.cli.pipe;

import io.gavel.adapters.cli.text.Texts;
import io.gavel.codecs.DecimalFormatException;
import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.DecimalFault;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.engine.Directory;
import io.gavel.engine.Gavel;
import io.gavel.engine.ring.Ingress;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the encoders of all commands share for the line at hand: names to ids, decimals to whole numbers, the header.
 * Whatever does not fit becomes a {@link LineFault} with the field and the value, before anything is offered.
 */
final class CommandScope {

  /** An order price that means market with protection. */
  static final String MARKET = "-1";

  private static final int RATIO_SCALE = 8;
  private static final int TIMES_SCALE = 2;

  private final Gavel engine;
  private final Directory directory;
  private final Ingress ingress;
  private final Texts texts;
  private long sessionId;
  private long sessionSequence;
  private long correlationId;
  private long expiryTimeNs;

  CommandScope(final Gavel engine, final Texts texts) {
    this.engine = engine;
    this.directory = engine.directory();
    this.ingress = engine.ingress();
    this.texts = texts;
  }

  /** Takes what any command line may say. */
  void begin(final Fields line, final long lineNumber) throws LineFault {
    if (1 == line.count("sessionId", "sessionSeq")) {
      throw line.fault(ReasonCode.MALFORMED, "pipe.bothOrNone", "sessionId", "sessionSeq");
    }
    sessionId = line.wholeOr("sessionId", 1, Long.MAX_VALUE, 0);
    sessionSequence = line.wholeOr("sessionSeq", 1, Long.MAX_VALUE, 0);
    expiryTimeNs = line.timeOr("expTime", 0);
    correlationId = lineNumber;
  }

  Gavel engine() {
    return engine;
  }

  Directory directory() {
    return directory;
  }

  Ingress ingress() {
    return ingress;
  }

  void header(final CommandHeaderEncoder header, final long account) {
    header.sessionId(sessionId).sessionSequence(sessionSequence).correlationId(correlationId).account(account)
        .expiryTimeNs(expiryTimeNs);
  }

  static void text(final Text32Encoder words, final @Nullable String text) {
    if (null != text) {
      words.w0(Text32.word(text, 0)).w1(Text32.word(text, 1)).w2(Text32.word(text, 2)).w3(Text32.word(text, 3));
    }
  }

  long account(final Fields line) throws LineFault {
    return account(line, "acct");
  }

  long account(final Fields line, final String field) throws LineFault {
    final long id = directory.accountId(line.text(field));
    if (Directory.NULL_ID == id) {
      throw unknown(ReasonCode.UNKNOWN_ACCOUNT, line, field);
    }
    return id;
  }

  Directory.InstrumentEntry instrument(final Fields line, final String field) throws LineFault {
    final Directory.InstrumentEntry entry = directory.instrument(directory.instrumentId(line.text(field)));
    if (null == entry) {
      throw unknown(ReasonCode.UNKNOWN_INSTRUMENT, line, field);
    }
    return entry;
  }

  Directory.InstrumentEntry instrument(final Fields line) throws LineFault {
    return instrument(line, "instId");
  }

  Directory.AssetEntry asset(final Fields line, final String field) throws LineFault {
    return asset(line.text(field), line, field);
  }

  Directory.AssetEntry asset(final String symbol, final Fields line, final String field) throws LineFault {
    final Directory.AssetEntry entry = directory.asset(directory.assetId(symbol));
    if (null == entry) {
      throw line.fault(ReasonCode.UNKNOWN_ASSET, "pipe.unknownName", field, symbol);
    }
    return entry;
  }

  Directory.AssetEntry quote(final Directory.InstrumentEntry instrument, final Fields line) throws LineFault {
    final Directory.AssetEntry entry = directory.asset(instrument.quoteAssetId());
    if (null == entry) {
      throw line.fault(ReasonCode.UNKNOWN_ASSET, "pipe.unknownName", "instId", instrument.symbol());
    }
    return entry;
  }

  Directory.AssetEntry base(final Directory.InstrumentEntry instrument, final Fields line) throws LineFault {
    final Directory.AssetEntry entry = directory.asset(instrument.baseAssetId());
    if (null == entry) {
      throw line.fault(ReasonCode.UNKNOWN_ASSET, "pipe.unknownName", "instId", instrument.symbol());
    }
    return entry;
  }

  /** What a contract settles in. */
  Directory.AssetEntry settle(final Directory.InstrumentEntry instrument, final Fields line) throws LineFault {
    final Directory.AssetEntry entry = directory.asset(instrument.settleAssetId());
    return null == entry ? quote(instrument, line) : entry;
  }

  /** One of an asset, in units. */
  static long oneOf(final Directory.AssetEntry asset) {
    long units = 1;
    for (int i = 0; i < asset.scale(); i++) {
      units *= 10;
    }
    return units;
  }

  /** An amount in units of the asset; absent: 0. */
  long units(final Directory.AssetEntry asset, final Fields line, final String field) throws LineFault {
    final String text = line.decimalOrNull(field);
    if (null == text) {
      return 0;
    }
    try {
      return DecimalText.parse(text, asset.scale(), field);
    } catch (final DecimalFormatException e) {
      throw fault(e, DecimalText.format(1, asset.scale()));
    }
  }

  /** As {@link #units}, but must be there. */
  long requiredUnits(final Directory.AssetEntry asset, final Fields line, final String field) throws LineFault {
    line.decimal(field);
    return units(asset, line, field);
  }

  /** A price in ticks; absent: 0. */
  int ticks(final Directory.InstrumentEntry instrument, final Fields line, final String field) throws LineFault {
    final String text = line.decimalOrNull(field);
    return null == text ? 0 : ticks(instrument, text, field);
  }

  /** A price in ticks of an instrument that is not there yet; absent: 0. */
  int ticks(final DecimalStep tick, final Fields line, final String field) throws LineFault {
    final String text = line.decimalOrNull(field);
    if (null == text) {
      return 0;
    }
    try {
      return tick.parseTicks(text, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, tick.format(1));
    }
  }

  /** The limit of a rule's order in ticks; absent or "-1": 0, which is market with protection. */
  int orderTicks(final Directory.InstrumentEntry instrument, final Fields line, final String field) throws LineFault {
    final String text = line.decimalOrNull(field);
    return null == text || MARKET.equals(text) ? 0 : ticks(instrument, text, field);
  }

  private int ticks(final Directory.InstrumentEntry instrument, final String text, final String field)
      throws LineFault {
    try {
      return instrument.tick().parseTicks(text, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, instrument.tick().format(1));
    }
  }

  /** A size in lots; absent: 0. */
  long lots(final Directory.InstrumentEntry instrument, final Fields line, final String field) throws LineFault {
    final String text = line.decimalOrNull(field);
    if (null == text) {
      return 0;
    }
    try {
      return instrument.lot().parse(text, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, instrument.lot().format(1));
    }
  }

  /** A mark or index price in 1/markUnitsPerTick of a tick. */
  long markUnits(final Directory.InstrumentEntry instrument, final Fields line, final String field) throws LineFault {
    final String text = line.decimal(field);
    final BigInteger scaled = BigInteger.valueOf(decimalE10(text, field))
        .multiply(BigInteger.valueOf(instrument.markUnitsPerTick()));
    final BigInteger[] units = scaled.divideAndRemainder(BigInteger.valueOf(instrument.tick().stepE10()));
    if (0 != units[1].signum()) {
      throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.markOffStep", field, text,
          instrument.tick().format(1), instrument.markUnitsPerTick());
    }
    if (units[0].bitLength() >= Long.SIZE) {
      throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.decimal.OVERFLOW", field, text, "");
    }
    return units[0].longValue();
  }

  /** A ratio times 10^8; absent: 0. */
  int ratioE8(final Fields line, final String field) throws LineFault {
    final long value = numberE8(line, field);
    if (value != (int) value) {
      throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.badRatio", field, line.decimal(field));
    }
    return (int) value;
  }

  /** Any number times 10^8; absent: 0. */
  long numberE8(final Fields line, final String field) throws LineFault {
    return scaled(line, field, RATIO_SCALE);
  }

  /** A leverage times 100, "5" or "12.5"; absent: 0. */
  int timesE2(final Fields line, final String field) throws LineFault {
    final long value = scaled(line, field, TIMES_SCALE);
    if (value < 0 || value != (int) value) {
      throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.outOfRange", field, line.decimal(field), 0,
          DecimalText.format(Integer.MAX_VALUE, TIMES_SCALE));
    }
    return (int) value;
  }

  private long scaled(final Fields line, final String field, final int scale) throws LineFault {
    final String text = line.decimalOrNull(field);
    if (null == text) {
      return 0;
    }
    try {
      return DecimalText.parse(text, scale, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, DecimalText.format(1, scale));
    }
  }

  /** A rate times 10^10; absent: 0. */
  long rateE10(final Fields line, final String field) throws LineFault {
    final String text = line.decimalOrNull(field);
    return null == text ? 0 : decimalE10(text, field);
  }

  /** A duration in seconds with up to nine decimals, as nanoseconds; absent: 0. */
  long durationNs(final Fields line, final String field) throws LineFault {
    final String text = line.decimalOrNull(field);
    if (null == text) {
      return 0;
    }
    try {
      final long durationNs = DecimalText.parse(text, SessionCommandRenderer.NANOS_SCALE, field);
      if (durationNs < 0) {
        throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.negative", field, text);
      }
      return durationNs;
    } catch (final DecimalFormatException e) {
      throw fault(e, DecimalText.format(1, SessionCommandRenderer.NANOS_SCALE));
    }
  }

  /** A tick or lot size. */
  DecimalStep step(final Fields line, final String field) throws LineFault {
    final String text = line.decimal(field);
    final long stepE10 = decimalE10(text, field);
    if (stepE10 <= 0) {
      throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.notPositive", field, text);
    }
    return DecimalStep.ofE10(stepE10);
  }

  /** A size in steps of a lot that is not an instrument's yet; absent: 0. */
  long lots(final DecimalStep lot, final Fields line, final String field) throws LineFault {
    final String text = line.decimalOrNull(field);
    if (null == text) {
      return 0;
    }
    try {
      return lot.parse(text, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, lot.format(1));
    }
  }

  private long decimalE10(final String text, final String field) throws LineFault {
    try {
      return DecimalText.parse(text, DecimalText.SCALE_MAX, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, DecimalText.format(1, DecimalText.SCALE_MAX));
    }
  }

  private LineFault unknown(final ReasonCode code, final Fields line, final String field) throws LineFault {
    return line.fault(code, "pipe.unknownName", field, line.text(field));
  }

  private LineFault fault(final DecimalFormatException e, final String step) {
    final ReasonCode code = switch (e.fault()) {
      case EMPTY, NOT_A_NUMBER -> ReasonCode.MALFORMED;
      case TOO_MANY_DECIMALS, OFF_STEP, OVERFLOW -> ReasonCode.OUT_OF_RANGE;
    };
    final DecimalFault fault = e.fault();
    return new LineFault(code, texts.get("pipe.decimal." + fault, e.place(), shown(e.text()), step));
  }

  private static String shown(final String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
