package io.gavel.engine.sim;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/** Makes a failing list of steps shorter while it fails, and says it in words. */
final class Steps {

  private static final String[] NAMES = {"EngineConfig", "AdvanceTime", "CreateAsset", "CreateInstrument",
      "CreateAccount", "Deposit", "HoldFunds", "SettleHold", "ReleaseHold", "PlaceOrder", "CancelOrder", "MassCancel",
      "AmendOrder", "ArmRule", "CancelRule", "AmendRule", "SetPrice", "TapePrint", "SetFees", "SetLimits", "SetHalt",
      "Degraded", "SetSession", "SetVolatilityGuard", "CancelAllAfter", "CancelOnDisconnect", "Disconnect",
      "GrowCapacity", "SetAccountLimits"};

  private Steps() {
  }

  /** How many commands have a name here. */
  static int templates() {
    return NAMES.length;
  }

  static String nameOf(final int template) {
    return template > 0 && template <= NAMES.length ? NAMES[template - 1] : "template " + template;
  }

  /**
   * Leaves out parts, the large ones first, as long as what is left still fails.
   *
   * @param tries how often it may be run
   */
  static List<Step> shrink(final List<Step> failing, final Predicate<List<Step>> fails, final int tries) {
    List<Step> shortest = failing;
    int left = tries;
    for (int part = Math.max(1, shortest.size() / 2); part >= 1 && left > 0; part /= 2) {
      int at = 0;
      while (at < shortest.size() && left-- > 0) {
        final List<Step> without = new ArrayList<>(shortest.subList(0, at));
        without.addAll(shortest.subList(Math.min(at + part, shortest.size()), shortest.size()));
        if (fails.test(without)) {
          shortest = without;
        } else {
          at += part;
        }
      }
    }
    return shortest;
  }

  /** A step a line. */
  static String text(final List<Step> steps) {
    final StringBuilder text = new StringBuilder();
    for (final Step step : steps) {
      text.append("  ").append(step instanceof Step.Offer offer ? words(offer.frame())
          : step instanceof Step.Answer answer ? "the bank: " + words(answer.frame()) : step.toString()).append('\n');
    }
    return text.toString();
  }

  private static String words(final UnsafeBuffer buffer) {
    final FrameFlyweight frame = new FrameFlyweight().wrap(buffer, 0);
    final String name = nameOf(frame.templateId());
    try {
      final MessageDecoderFlyweight decoder = Class.forName("io.gavel.codecs.sbe." + name + "Decoder")
          .asSubclass(MessageDecoderFlyweight.class).getConstructor().newInstance();
      decoder.wrap(buffer, FrameDescriptor.HEADER_LENGTH, frame.blockLength(), frame.version());
      return decoder.toString();
    } catch (final ReflectiveOperationException e) {
      return name + " of " + buffer.capacity() + " bytes";
    }
  }
}
