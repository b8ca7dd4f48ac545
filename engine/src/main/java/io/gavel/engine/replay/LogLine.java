package io.gavel.engine.replay;

import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.EventHeaderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.core.StateMachine;
import io.gavel.risk.instrument.Instrument;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line of the execution log while it comes together, and the words for what stands in it. One thread. */
final class LogLine {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String GAP = "  ";

  private final JournalNames names;
  private final LogTexts texts;
  private final StringBuilder text = new StringBuilder(256);
  private @Nullable StateMachine machine;

  LogLine(final JournalNames names, final ReasonTexts.Language language) {
    this.names = names;
    this.texts = new LogTexts(language);
  }

  /** Instruments are looked up in {@code running}. */
  void machine(final StateMachine running) {
    machine = running;
  }

  /** Makes {@code sentence} the line of the event; the account is a dash when it is nobody's. */
  void set(final EventHeaderDecoder header, final String sentence) {
    text.setLength(0);
    text.append(time(header.engineTimeNs())).append(GAP).append(header.sequence()).append('.').append(header.index())
        .append(GAP).append(0 == header.account() ? "-" : names.accountName(header.account())).append(GAP)
        .append(sentence).append('\n');
  }

  /** There is no line. */
  void clear() {
    text.setLength(0);
  }

  /** The line with its end; empty when there is none. */
  CharSequence text() {
    return text;
  }

  JournalNames names() {
    return names;
  }

  String say(final String key, final Object... values) {
    return texts.say(key, values);
  }

  String word(final Enum<?> value) {
    return texts.word(value);
  }

  String reason(final ReasonCode code) {
    return texts.reason(code);
  }

  /** ISO-8601 in UTC with nine decimals, so that lines sort as text. */
  String time(final long timeNs) {
    return TIME.format(Instant.ofEpochSecond(
        Math.floorDiv(timeNs, NANOS_PER_SECOND), Math.floorMod(timeNs, NANOS_PER_SECOND)));
  }

  String price(final int instrumentId, final long priceTicks) {
    return names.priceText(instrumentId, priceTicks);
  }

  String size(final int instrumentId, final long quantityLots) {
    return names.sizeText(instrumentId, quantityLots);
  }

  String pair(final int instrumentId) {
    return names.instrumentName(instrumentId);
  }

  /** Amount and symbol. */
  String amount(final int assetId, final long amountUnits) {
    return names.amountText(assetId, amountUnits) + ' ' + names.assetName(assetId);
  }

  /** An amount in the quote asset. */
  String quote(final int instrumentId, final long amountUnits) {
    final Instrument instrument = instrument(instrumentId);
    return null == instrument ? names.amountText(0, amountUnits) : amount(instrument.quoteAssetId(), amountUnits);
  }

  /** An amount in the base asset. */
  String base(final int instrumentId, final long amountUnits) {
    final Instrument instrument = instrument(instrumentId);
    return null == instrument ? names.amountText(0, amountUnits) : amount(instrument.baseAssetId(), amountUnits);
  }

  /** An amount in the asset in which the instrument takes its fees. */
  String fee(final int instrumentId, final long amountUnits) {
    final Instrument instrument = instrument(instrumentId);
    if (null == instrument) {
      return names.amountText(0, amountUnits);
    }
    return amount(instrument.feeInBase() ? instrument.baseAssetId() : instrument.quoteAssetId(), amountUnits);
  }

  private @Nullable Instrument instrument(final int instrumentId) {
    return null == machine ? null : machine.risk().instrument(instrumentId);
  }
}
