package io.gavel.engine.replay;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import java.util.SortedSet;
import java.util.TreeSet;
import org.agrona.DirectBuffer;

/** How the rules of a journal are called: by their clients, or else by the engine's ids. */
final class RuleNames implements ReplayListener {

  private final SortedSet<String> names = new TreeSet<>();
  private final ArmRuleDecoder arm = new ArmRuleDecoder();
  private final RuleArmedDecoder armed = new RuleArmedDecoder();

  SortedSet<String> names() {
    return names;
  }

  @Override
  public void beforeFrame(
      final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
    if (ArmRuleDecoder.TEMPLATE_ID == FrameFlyweight.templateIdOf(buffer, offset)) {
      arm.wrap(buffer, offset + FrameDescriptor.HEADER_LENGTH, ArmRuleDecoder.BLOCK_LENGTH,
          ArmRuleDecoder.SCHEMA_VERSION);
      final String client = EventWords.text(arm.clRuleId());
      if (!client.isEmpty()) {
        names.add(client);
      }
    }
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    if (RuleArmedDecoder.TEMPLATE_ID == EventKey.templateId(buffer, offset)) {
      armed.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
          EventKey.version(buffer, offset));
      if (EventWords.text(armed.clRuleId()).isEmpty()) {
        names.add(Long.toString(armed.ruleId()));
      }
    }
  }
}
