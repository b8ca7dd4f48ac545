package io.gavel.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.sbe.AdvanceTimeDecoder;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.DisconnectDecoder;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.GroupSizeEncodingDecoder;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.QuarantineDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.codecs.sbe.SetPriceDecoder;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import io.gavel.codecs.sbe.TapePrintDecoder;
import org.agrona.DirectBuffer;

/**
 * Judges the bytes of one whole hostile frame before it is journalled. What passes can be decoded without a throw: its
 * lengths agree, its enums are known, its names are names, and no field lies outside the range it has by itself. What
 * fields mean together, or against the state, is judged behind the journal, where a refusal is an answer on record.
 *
 * <p>The answer to what this build does not know is defined: a foreign schema or template is
 * {@link ReasonCode#UNKNOWN_TEMPLATE}; a newer frame or schema version is {@link ReasonCode#UNSUPPORTED_VERSION},
 * because a field we cannot read may change what the command means; an enum value we do not have, and the null value,
 * is {@link ReasonCode#UNKNOWN_ENUM}; an older version passes with the block length it had then. Never throws,
 * allocates nothing. One thread at a time.
 */
public final class CommandValidator {

  /** Schema of commands. */
  public static final int SCHEMA_ID = PlaceOrderDecoder.SCHEMA_ID;
  /** Newest version of commands that this build reads. */
  public static final int SCHEMA_VERSION = PlaceOrderDecoder.SCHEMA_VERSION;
  /** Legs that one rule can have. */
  public static final int LEGS_MAX = 4;
  /** Nodes that the tree of one condition can have. */
  public static final int NODES_MAX = 31;
  /** Leaves among them. */
  public static final int LEAVES_MAX = 16;
  /** Parts that one volume curve can have. */
  public static final int CURVE_MAX = 64;

  /** Length of the block of a template that nobody knows. */
  static final int NULL_LENGTH = -1;

  private static final int FRAME_VERSION_SHIFT = Byte.SIZE * FrameDescriptor.FRAME_VERSION_OFFSET;
  private static final int FLAGS_SHIFT = Byte.SIZE * FrameDescriptor.FLAGS_OFFSET;
  private static final int SCHEMA_ID_SHIFT = Byte.SIZE * FrameDescriptor.SCHEMA_ID_OFFSET;
  private static final int VERSION_SHIFT =
      Byte.SIZE * (FrameDescriptor.VERSION_OFFSET - FrameDescriptor.TEMPLATE_ID_OFFSET);
  private static final int RESERVED_SHIFT =
      Byte.SIZE * (FrameDescriptor.RESERVED_OFFSET - FrameDescriptor.TEMPLATE_ID_OFFSET);

  static {
    Invariants.check(FrameDescriptor.FRAME_LENGTH_MAX >= FrameDescriptor.SIGNED_TAIL_LENGTH
        + FrameDescriptor.frameLength(RuleCommandCheck.LENGTH_MAX), "the longest command must fit a frame");
    Invariants.check(0 == SCHEMA_VERSION, "a second version needs the block lengths of the first");
  }

  private final CommandHeaderDecoder header = new CommandHeaderDecoder();
  private final GroupSizeEncodingDecoder groupSize = new GroupSizeEncodingDecoder();
  private final HouseCommandCheck house = new HouseCommandCheck();
  private final TradeCommandCheck trade = new TradeCommandCheck();

  /**
   * Whether the {@code length} bytes at {@code offset} are one command that may enter the ring.
   *
   * @return {@link ReasonCode#OK} or why not
   */
  public ReasonCode validate(final DirectBuffer buffer, final int offset, final int length) {
    if (offset < 0 || length < FrameDescriptor.HEADER_LENGTH || length > FrameDescriptor.FRAME_LENGTH_MAX
        || length > buffer.capacity() - offset || 0 != length % FrameDescriptor.ALIGNMENT) {
      return ReasonCode.MALFORMED;
    }
    final ReasonCode frame = checkFrame(buffer, offset, length);
    if (ReasonCode.OK != frame) {
      return frame;
    }
    final int templateId = FrameFlyweight.templateIdOf(buffer, offset);
    final int body = offset + FrameDescriptor.HEADER_LENGTH;
    final ReasonCode size = checkSize(buffer, body, templateId, length);
    if (ReasonCode.OK != size) {
      return size;
    }
    header.wrap(buffer, body);
    if ((header.sessionId() | header.sessionSequence() | header.account() | header.expiryTimeNs()) < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    return isTrade(templateId) ? trade.check(buffer, body, templateId) : house.check(buffer, body, templateId);
  }

  /** Looks at the fields of the header in the two words they share. */
  private static ReasonCode checkFrame(final DirectBuffer buffer, final int offset, final int length) {
    final long first = buffer.getLong(offset, LITTLE_ENDIAN);
    if (length != (int) first) {
      return ReasonCode.MALFORMED;
    }
    if (FrameDescriptor.FRAME_VERSION != (byte) (first >>> FRAME_VERSION_SHIFT)) {
      return ReasonCode.UNSUPPORTED_VERSION;
    }
    if (SCHEMA_ID != first >>> SCHEMA_ID_SHIFT) {
      return ReasonCode.UNKNOWN_TEMPLATE;
    }
    final long second = buffer.getLong(offset + FrameDescriptor.TEMPLATE_ID_OFFSET, LITTLE_ENDIAN);
    if (((int) (second >>> VERSION_SHIFT) & 0xFFFF) > SCHEMA_VERSION) {
      return ReasonCode.UNSUPPORTED_VERSION;
    }
    if (0 != (byte) (first >>> FLAGS_SHIFT) || 0 != second >>> RESERVED_SHIFT
        || 0 != buffer.getInt(offset + FrameDescriptor.CRC_OFFSET + Integer.BYTES)) {
      return ReasonCode.MALFORMED;
    }
    return ReasonCode.OK;
  }

  private ReasonCode checkSize(
      final DirectBuffer buffer, final int body, final int templateId, final int frameLength) {
    final int blockLength = blockLength(templateId);
    if (NULL_LENGTH == blockLength) {
      return ReasonCode.UNKNOWN_TEMPLATE;
    }
    final int frame = body - FrameDescriptor.HEADER_LENGTH;
    if (blockLength != unsigned(buffer, frame + FrameDescriptor.BLOCK_LENGTH_OFFSET)) {
      return ReasonCode.MALFORMED;
    }
    int bodyLength = blockLength;
    final int groups = groups(templateId);
    for (int group = 0; group < groups; group++) {
      final int groupBlockLength = groupBlockLength(templateId, group);
      final int header = body + bodyLength;
      bodyLength += GroupSizeEncodingDecoder.ENCODED_LENGTH;
      if (frameLength < FrameDescriptor.frameLength(bodyLength)) {
        return ReasonCode.MALFORMED;
      }
      final ReasonCode reason = checkGroup(buffer, header, templateId, group, groupBlockLength);
      if (ReasonCode.OK != reason) {
        return reason;
      }
      bodyLength += groupSize.numInGroup() * groupBlockLength;
      if (frameLength < FrameDescriptor.frameLength(bodyLength)) {
        return ReasonCode.MALFORMED;
      }
    }
    return frameLength == FrameDescriptor.frameLength(bodyLength)
        && isZero(buffer, body + bodyLength, frame + frameLength) ? ReasonCode.OK : ReasonCode.MALFORMED;
  }

  private ReasonCode checkGroup(final DirectBuffer buffer, final int header, final int templateId, final int group,
      final int groupBlockLength) {
    groupSize.wrap(buffer, header);
    if (groupBlockLength != groupSize.blockLength()) {
      return ReasonCode.MALFORMED;
    }
    if (ArmRuleDecoder.TEMPLATE_ID == templateId) {
      return RuleCommandCheck.groupSize(group, groupSize.numInGroup());
    }
    if (0 == groupSize.numInGroup()) {
      return ReasonCode.MARGIN_TABLE_INVALID;
    }
    return groupSize.numInGroup() > MarginCommandCheck.TIERS_MAX ? ReasonCode.OUT_OF_RANGE : ReasonCode.OK;
  }

  /** How many groups end a command. */
  private static int groups(final int templateId) {
    return switch (templateId) {
      case ArmRuleDecoder.TEMPLATE_ID -> RuleCommandCheck.GROUPS;
      case SetMarginDecoder.TEMPLATE_ID, SetCollateralDecoder.TEMPLATE_ID -> 1;
      default -> 0;
    };
  }

  /** Length of one entry of a group; 0 when the command has none. */
  private static int groupBlockLength(final int templateId, final int group) {
    return switch (templateId) {
      case ArmRuleDecoder.TEMPLATE_ID -> RuleCommandCheck.groupBlockLength(group);
      case SetMarginDecoder.TEMPLATE_ID -> SetMarginDecoder.TiersDecoder.sbeBlockLength();
      case SetCollateralDecoder.TEMPLATE_ID -> SetCollateralDecoder.TiersDecoder.sbeBlockLength();
      default -> 0;
    };
  }

  private static int blockLength(final int templateId) {
    return switch (templateId) {
      case EngineConfigDecoder.TEMPLATE_ID -> EngineConfigDecoder.BLOCK_LENGTH;
      case AdvanceTimeDecoder.TEMPLATE_ID -> AdvanceTimeDecoder.BLOCK_LENGTH;
      case CreateAssetDecoder.TEMPLATE_ID -> CreateAssetDecoder.BLOCK_LENGTH;
      case CreateInstrumentDecoder.TEMPLATE_ID -> CreateInstrumentDecoder.BLOCK_LENGTH;
      case CreateAccountDecoder.TEMPLATE_ID -> CreateAccountDecoder.BLOCK_LENGTH;
      case DepositDecoder.TEMPLATE_ID -> DepositDecoder.BLOCK_LENGTH;
      case HoldFundsDecoder.TEMPLATE_ID -> HoldFundsDecoder.BLOCK_LENGTH;
      case SettleHoldDecoder.TEMPLATE_ID -> SettleHoldDecoder.BLOCK_LENGTH;
      case ReleaseHoldDecoder.TEMPLATE_ID -> ReleaseHoldDecoder.BLOCK_LENGTH;
      case PlaceOrderDecoder.TEMPLATE_ID -> PlaceOrderDecoder.BLOCK_LENGTH;
      case CancelOrderDecoder.TEMPLATE_ID -> CancelOrderDecoder.BLOCK_LENGTH;
      case MassCancelDecoder.TEMPLATE_ID -> MassCancelDecoder.BLOCK_LENGTH;
      case AmendOrderDecoder.TEMPLATE_ID -> AmendOrderDecoder.BLOCK_LENGTH;
      case ArmRuleDecoder.TEMPLATE_ID -> ArmRuleDecoder.BLOCK_LENGTH;
      case CancelRuleDecoder.TEMPLATE_ID -> CancelRuleDecoder.BLOCK_LENGTH;
      case AmendRuleDecoder.TEMPLATE_ID -> AmendRuleDecoder.BLOCK_LENGTH;
      case SetPriceDecoder.TEMPLATE_ID -> SetPriceDecoder.BLOCK_LENGTH;
      case TapePrintDecoder.TEMPLATE_ID -> TapePrintDecoder.BLOCK_LENGTH;
      case SetFeesDecoder.TEMPLATE_ID -> SetFeesDecoder.BLOCK_LENGTH;
      case SetLimitsDecoder.TEMPLATE_ID -> SetLimitsDecoder.BLOCK_LENGTH;
      case SetHaltDecoder.TEMPLATE_ID -> SetHaltDecoder.BLOCK_LENGTH;
      case DegradedDecoder.TEMPLATE_ID -> DegradedDecoder.BLOCK_LENGTH;
      case SetSessionDecoder.TEMPLATE_ID -> SetSessionDecoder.BLOCK_LENGTH;
      case SetVolatilityGuardDecoder.TEMPLATE_ID -> SetVolatilityGuardDecoder.BLOCK_LENGTH;
      case CancelAllAfterDecoder.TEMPLATE_ID -> CancelAllAfterDecoder.BLOCK_LENGTH;
      case CancelOnDisconnectDecoder.TEMPLATE_ID -> CancelOnDisconnectDecoder.BLOCK_LENGTH;
      case DisconnectDecoder.TEMPLATE_ID -> DisconnectDecoder.BLOCK_LENGTH;
      case GrowCapacityDecoder.TEMPLATE_ID -> GrowCapacityDecoder.BLOCK_LENGTH;
      case SetAccountLimitsDecoder.TEMPLATE_ID -> SetAccountLimitsDecoder.BLOCK_LENGTH;
      case QuarantineDecoder.TEMPLATE_ID -> QuarantineDecoder.BLOCK_LENGTH;
      default -> MarginCommandCheck.blockLength(templateId);
    };
  }

  private static boolean isTrade(final int templateId) {
    return switch (templateId) {
      case PlaceOrderDecoder.TEMPLATE_ID, CancelOrderDecoder.TEMPLATE_ID, MassCancelDecoder.TEMPLATE_ID,
          AmendOrderDecoder.TEMPLATE_ID, ArmRuleDecoder.TEMPLATE_ID, CancelRuleDecoder.TEMPLATE_ID,
          AmendRuleDecoder.TEMPLATE_ID, SetPriceDecoder.TEMPLATE_ID, TapePrintDecoder.TEMPLATE_ID -> true;
      default -> false;
    };
  }

  /** Whether the padding is zero: less than a word, at the end of the frame's last one. */
  private static boolean isZero(final DirectBuffer buffer, final int from, final int to) {
    return from == to
        || 0 == buffer.getLong(to - Long.BYTES, LITTLE_ENDIAN) >>> (Long.SIZE - Byte.SIZE * (to - from));
  }

  private static int unsigned(final DirectBuffer buffer, final int index) {
    return buffer.getShort(index, LITTLE_ENDIAN) & 0xFFFF;
  }
}
