package io.gavel.adapters.cli.pipe;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gavel.adapters.cli.text.Texts;
import io.gavel.codecs.DecimalFormatException;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.engine.Directory;
import io.gavel.engine.replay.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One field of one rule set to another value, in the words in which a line of the pipe would say it: in the command
 * that armed the rule, and in every amendment that gave the same field a value. One thread.
 */
public final class RuleEdit implements WhatIf.Change {

  /** The fields that can be set. */
  public static final List<String> FIELDS = List.of("sz", "closeFraction", "tpTriggerPx", "tpOrdPx", "tpTriggerPxType",
      "slTriggerPx", "slOrdPx", "slTriggerPxType", "callbackRatio", "callbackBps", "callbackSpread", "activePx",
      "callbackOrdPx", "atTimeOrdPx", "triggerPxType", "armPolicy", "startTime", "endTime", "expiryAction",
      "reserveMode", "protectionBps", "side", "whenOrdPx", "profitOrdPx", "lossOrdPx", "callbackStep", "priority",
      "coolDownSec", "updatesPx", "action", "durationSec", "intervalSec", "stepSec", "participation", "collar",
      "depthShare", "tolerance", "displaySz", "forecastSz", "firstPx", "lastPx", "orderCount", "sizes", "offsetPx",
      "reprices", "widerBps", "end", "basis", "reviewSec", "reviewDefault");

  private static final int RATIO_SCALE = 8;
  private static final int RATIO_E8_PER_BPS = 10_000;
  private static final int BPS_MAX = 10_000;
  private static final int NANOS_SCALE = 9;
  private static final int ORDERS_MAX = 1_024;
  private static final int WHOLE_MAX = 999_999_999;

  /** A field or value that cannot be; says what was expected. */
  public static final class Fault extends Exception {

    private static final long serialVersionUID = 1L;

    Fault(final String message) {
      super(message, null, false, false);
    }
  }

  /** Bytes to put: into the block, into every leg, or into the legs of one kind. */
  private record Put(boolean isLeg, @Nullable RuleKind kind, int at, int bytes, long value) {
  }

  private final Texts texts;
  private final String field;
  private final String value;
  private final Directory.InstrumentEntry instrument;
  private final Set<Long> ruleIds;
  private final String clientId;
  private final List<Put> puts = new ArrayList<>();
  private final FrameFlyweight view = new FrameFlyweight();
  private final ArmRuleDecoder arm = new ArmRuleDecoder();
  private final AmendRuleDecoder amend = new AmendRuleDecoder();
  private final List<RuleKind> kinds = new ArrayList<>();
  private int amendAt = -1;
  private @Nullable RuleKind amendedKind;

  /**
   * @param ruleIds  the engine's ids, in the journalled run, of the rules that are meant
   * @param clientId the client's id under which an arming was refused there; empty: none was
   */
  public RuleEdit(final Texts texts, final String field, final String value,
      final Directory.InstrumentEntry instrument, final Set<Long> ruleIds, final String clientId) throws Fault {
    this.texts = texts;
    this.field = field;
    this.value = value;
    this.instrument = instrument;
    this.ruleIds = ruleIds;
    this.clientId = clientId;
    resolve();
  }

  /** The field nearest to one that is not known. */
  public static String nearest(final String name) {
    return Fields.nearest(name, FIELDS);
  }

  /** The kind of leg the field belongs to; null: to any. */
  public @Nullable RuleKind kind() {
    return puts.get(0).kind();
  }

  private void resolve() throws Fault {
    switch (field) {
      case "tpTriggerPx" -> level(RuleKind.TAKE_PROFIT);
      case "slTriggerPx" -> level(RuleKind.STOP_LOSS);
      case "tpOrdPx" -> orderPrice(RuleKind.TAKE_PROFIT);
      case "slOrdPx" -> orderPrice(RuleKind.STOP_LOSS);
      case "callbackOrdPx" -> orderPrice(RuleKind.TRAILING_STOP);
      case "atTimeOrdPx" -> orderPrice(RuleKind.AT_TIME);
      case "whenOrdPx" -> orderPrice(RuleKind.CONDITION);
      case "profitOrdPx" -> orderPrice(RuleKind.PROFIT);
      case "lossOrdPx" -> orderPrice(RuleKind.LOSS);
      case "callbackStep" -> puts.add(leg(RuleKind.TRAILING_STOP,
          ArmRuleDecoder.LegsDecoder.ratchetTicksEncodingOffset(), Integer.BYTES, ticks()));
      case "tpTriggerPxType" -> source(RuleKind.TAKE_PROFIT);
      case "slTriggerPxType" -> source(RuleKind.STOP_LOSS);
      case "triggerPxType" -> source(null);
      case "callbackRatio", "callbackBps", "callbackSpread" -> distance();
      case "activePx" -> puts.add(leg(RuleKind.TRAILING_STOP,
          ArmRuleDecoder.LegsDecoder.activationTicksEncodingOffset(), Integer.BYTES, ticks()));
      case "protectionBps" -> puts.add(leg(null, ArmRuleDecoder.LegsDecoder.protectionBpsEncodingOffset(),
          Integer.BYTES, whole(BPS_MAX)));
      default -> block();
    }
  }

  private void block() throws Fault {
    switch (field) {
      case "sz" -> {
        puts.add(block(ArmRuleDecoder.quantityLotsEncodingOffset(), Long.BYTES, lots()));
        puts.add(block(ArmRuleDecoder.shareE8EncodingOffset(), Integer.BYTES, 0));
        amendAt = AmendRuleDecoder.newQuantityLotsEncodingOffset();
      }
      case "closeFraction" -> {
        puts.add(block(ArmRuleDecoder.shareE8EncodingOffset(), Integer.BYTES, ratioE8()));
        puts.add(block(ArmRuleDecoder.quantityLotsEncodingOffset(), Long.BYTES, 0));
      }
      case "startTime" -> puts.add(block(ArmRuleDecoder.startTimeNsEncodingOffset(), Long.BYTES, time()));
      case "endTime" -> puts.add(block(ArmRuleDecoder.endTimeNsEncodingOffset(), Long.BYTES, time()));
      case "side" -> puts.add(block(ArmRuleDecoder.sideEncodingOffset(), 1, word(Words.of(Side.class)).value()));
      case "armPolicy" -> puts.add(
          block(ArmRuleDecoder.armPolicyEncodingOffset(), 1, word(Words.of(ArmPolicy.class)).value()));
      case "expiryAction" -> puts.add(
          block(ArmRuleDecoder.expiryActionEncodingOffset(), 1, word(Words.of(ExpiryAction.class)).value()));
      case "reserveMode" -> puts.add(
          block(ArmRuleDecoder.reserveModeEncodingOffset(), 1, word(Words.of(ReserveMode.class)).value()));
      default -> times();
    }
  }

  private void times() throws Fault {
    switch (field) {
      case "priority" -> puts.add(block(ArmRuleDecoder.priorityEncodingOffset(), Integer.BYTES, whole(WHOLE_MAX)));
      case "coolDownSec" -> puts.add(block(ArmRuleDecoder.coolDownNsEncodingOffset(), Long.BYTES, nanos()));
      case "updatesPx" -> puts.add(block(ArmRuleDecoder.updatesLevelTicksEncodingOffset(), Integer.BYTES, ticks()));
      case "durationSec" -> puts.add(block(ArmRuleDecoder.durationNsEncodingOffset(), Long.BYTES, nanos()));
      case "intervalSec" -> puts.add(block(ArmRuleDecoder.intervalNsEncodingOffset(), Long.BYTES, nanos()));
      case "stepSec" -> puts.add(block(ArmRuleDecoder.stepNsEncodingOffset(), Long.BYTES, nanos()));
      case "reviewSec" -> puts.add(block(ArmRuleDecoder.reviewNsEncodingOffset(), Long.BYTES, nanos()));
      case "participation" -> puts.add(block(ArmRuleDecoder.participationE8EncodingOffset(), Long.BYTES, ratioE8()));
      case "collar" -> puts.add(block(ArmRuleDecoder.collarE8EncodingOffset(), Long.BYTES, ratioE8()));
      case "depthShare" -> puts.add(block(ArmRuleDecoder.depthShareE8EncodingOffset(), Long.BYTES, ratioE8()));
      case "tolerance" -> puts.add(block(ArmRuleDecoder.toleranceE8EncodingOffset(), Long.BYTES, ratioE8()));
      default -> work();
    }
  }

  private void work() throws Fault {
    switch (field) {
      case "displaySz" -> puts.add(block(ArmRuleDecoder.sliceLotsEncodingOffset(), Long.BYTES, lots()));
      case "forecastSz" -> puts.add(block(ArmRuleDecoder.forecastLotsEncodingOffset(), Long.BYTES, lots()));
      case "firstPx" -> puts.add(block(ArmRuleDecoder.firstTicksEncodingOffset(), Integer.BYTES, ticks()));
      case "lastPx" -> puts.add(block(ArmRuleDecoder.lastTicksEncodingOffset(), Integer.BYTES, ticks()));
      case "offsetPx" -> puts.add(block(ArmRuleDecoder.offsetTicksEncodingOffset(), Integer.BYTES, ticks()));
      case "orderCount" -> puts.add(block(ArmRuleDecoder.orderCountEncodingOffset(), Integer.BYTES, whole(ORDERS_MAX)));
      case "reprices" -> puts.add(block(ArmRuleDecoder.repricesMaxEncodingOffset(), Integer.BYTES, whole(WHOLE_MAX)));
      case "widerBps" -> puts.add(block(ArmRuleDecoder.widerBpsEncodingOffset(), Integer.BYTES, whole(BPS_MAX)));
      case "action" -> puts.add(
          block(ArmRuleDecoder.actionEncodingOffset(), 1, word(Words.of(RuleAction.class)).value()));
      case "sizes" -> puts.add(
          block(ArmRuleDecoder.algoSizesEncodingOffset(), 1, word(Words.of(AlgoSizes.class)).value()));
      case "end" -> puts.add(block(ArmRuleDecoder.algoEndEncodingOffset(), 1, word(Words.of(AlgoEnd.class)).value()));
      case "basis" -> puts.add(
          block(ArmRuleDecoder.algoBasisEncodingOffset(), 1, word(Words.of(AlgoBasis.class)).value()));
      case "reviewDefault" -> puts.add(
          block(ArmRuleDecoder.reviewDefaultEncodingOffset(), 1, word(Words.of(ReviewDefault.class)).value()));
      default -> throw new Fault(texts.get("whatif.noField", field, nearest(field), String.join(", ", FIELDS)));
    }
  }

  private void level(final RuleKind kind) throws Fault {
    puts.add(leg(kind, ArmRuleDecoder.LegsDecoder.levelTicksEncodingOffset(), Integer.BYTES, ticks()));
    amendAt = AmendRuleDecoder.newLevelTicksEncodingOffset();
    amendedKind = kind;
  }

  private void orderPrice(final RuleKind kind) throws Fault {
    puts.add(leg(kind, ArmRuleDecoder.LegsDecoder.childLimitTicksEncodingOffset(), Integer.BYTES,
        CommandScope.MARKET.equals(value) ? 0 : ticks()));
    amendAt = AmendRuleDecoder.newChildLimitTicksEncodingOffset();
    amendedKind = kind;
  }

  private void source(final @Nullable RuleKind kind) throws Fault {
    puts.add(leg(kind, ArmRuleDecoder.LegsDecoder.sourceEncodingOffset(), 1,
        word(Words.of(PriceSource.class)).value()));
  }

  /** A trailing distance is a ratio or a price, never both. */
  private void distance() throws Fault {
    final boolean isSpread = "callbackSpread".equals(field);
    final int ratio = ArmRuleDecoder.LegsDecoder.trailRatioE8EncodingOffset();
    final int spread = ArmRuleDecoder.LegsDecoder.trailSpreadTicksEncodingOffset();
    final long distance = isSpread ? ticks()
        : "callbackBps".equals(field) ? whole(BPS_MAX) * RATIO_E8_PER_BPS : ratioE8();
    puts.add(leg(RuleKind.TRAILING_STOP, isSpread ? spread : ratio, Integer.BYTES, distance));
    puts.add(leg(RuleKind.TRAILING_STOP, isSpread ? ratio : spread, Integer.BYTES, 0));
    amendAt = isSpread ? AmendRuleDecoder.newTrailSpreadTicksEncodingOffset()
        : AmendRuleDecoder.newTrailRatioE8EncodingOffset();
    amendedKind = RuleKind.TRAILING_STOP;
  }

  @Override
  public boolean edit(final MutableDirectBuffer frame, final int offset, final long id) {
    final int body = offset + FrameDescriptor.HEADER_LENGTH;
    view.wrap(frame, offset);
    final int templateId = FrameFlyweight.templateIdOf(frame, offset);
    if (ArmRuleDecoder.TEMPLATE_ID == templateId) {
      arm.wrap(frame, body, view.blockLength(), view.version());
      return isMeant(id, arm.clRuleId()) && arm(frame, body);
    }
    if (AmendRuleDecoder.TEMPLATE_ID == templateId) {
      amend.wrap(frame, body, view.blockLength(), view.version());
      return isMeant(id, amend.clRuleId()) && amend(frame, body);
    }
    return false;
  }

  private boolean isMeant(final long id, final Text32Decoder client) {
    return ruleIds.contains(id)
        || (0 == id && !clientId.isEmpty() && clientId.equals(EventRenderer.text(client)));
  }

  private boolean arm(final MutableDirectBuffer frame, final int body) {
    kinds.clear();
    puts.stream().filter(put -> !put.isLeg()).forEach(put -> put(frame, body, put));
    final ArmRuleDecoder.LegsDecoder legs = arm.legs();
    while (legs.hasNext()) {
      final int at = arm.limit();
      final RuleKind kind = legs.next().kind();
      kinds.add(kind);
      puts.stream().filter(put -> put.isLeg() && (null == put.kind() || kind == put.kind()))
          .forEach(put -> put(frame, at, put));
    }
    return true;
  }

  /** Only what an amendment said is changed in it: what it left alone was as armed. */
  private boolean amend(final MutableDirectBuffer frame, final int body) {
    final int leg = amend.legIndex();
    final boolean isLeg = null == amendedKind || (leg >= 0 && leg < kinds.size() && amendedKind == kinds.get(leg));
    final boolean isLong = AmendRuleDecoder.newQuantityLotsEncodingOffset() == amendAt;
    if (amendAt < 0 || !isLeg || 0 == (isLong ? frame.getLong(body + amendAt, LITTLE_ENDIAN)
        : frame.getInt(body + amendAt, LITTLE_ENDIAN))) {
      return false;
    }
    put(frame, body, new Put(false, null, amendAt, isLong ? Long.BYTES : Integer.BYTES, puts.get(0).value()));
    return true;
  }

  private static void put(final MutableDirectBuffer frame, final int base, final Put put) {
    switch (put.bytes()) {
      case 1 -> frame.putByte(base + put.at(), (byte) put.value());
      case Integer.BYTES -> frame.putInt(base + put.at(), (int) put.value(), LITTLE_ENDIAN);
      default -> frame.putLong(base + put.at(), put.value(), LITTLE_ENDIAN);
    }
  }

  private static Put block(final int at, final int bytes, final long value) {
    return new Put(false, null, at, bytes, value);
  }

  private static Put leg(final @Nullable RuleKind kind, final int at, final int bytes, final long value) {
    return new Put(true, kind, at, bytes, value);
  }

  private long ticks() throws Fault {
    try {
      return instrument.tick().parseTicks(value, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, instrument.tick().format(1));
    }
  }

  private long lots() throws Fault {
    try {
      return instrument.lot().parse(value, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, instrument.lot().format(1));
    }
  }

  private long ratioE8() throws Fault {
    try {
      final long ratio = DecimalText.parse(value, RATIO_SCALE, field);
      if (ratio != (int) ratio) {
        throw new Fault(texts.get("pipe.badRatio", field, value));
      }
      return ratio;
    } catch (final DecimalFormatException e) {
      throw fault(e, DecimalText.format(1, RATIO_SCALE));
    }
  }

  private long nanos() throws Fault {
    try {
      return DecimalText.parse(value, NANOS_SCALE, field);
    } catch (final DecimalFormatException e) {
      throw fault(e, DecimalText.format(1, NANOS_SCALE));
    }
  }

  private long whole(final long max) throws Fault {
    if (!value.matches("[0-9]{1,9}") || Long.parseLong(value) > max) {
      throw new Fault(texts.get("pipe.outOfRange", field, value, 0, max));
    }
    return Long.parseLong(value);
  }

  private long time() throws Fault {
    try {
      return new Fields(JsonNodeFactory.instance.objectNode().put(field, value),
          texts).time(field);
    } catch (final LineFault e) {
      throw new Fault(String.valueOf(e.getMessage()));
    }
  }

  private <E extends Enum<E>> E word(final Words<E> words) throws Fault {
    final E known = words.value(value);
    if (null == known) {
      throw new Fault(texts.get("pipe.unknownWord", field, value, words.list()));
    }
    return known;
  }

  private Fault fault(final DecimalFormatException e, final String step) {
    return new Fault(texts.get("pipe.decimal." + e.fault(), e.place(), e.text(), step));
  }
}
