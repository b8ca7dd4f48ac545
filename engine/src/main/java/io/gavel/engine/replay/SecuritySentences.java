package io.gavel.engine.replay;

import io.gavel.codecs.DualCommand;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.ApproveDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.GrantKeyDecoder;
import io.gavel.codecs.sbe.ProposalChangedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetSecurityDecoder;
import java.util.Locale;
import java.util.StringJoiner;

/** What the log says of keys, and of commands that two people have to want. */
final class SecuritySentences {

  private final LogLine line;

  SecuritySentences(final LogLine line) {
    this.line = line;
  }

  String asked(final GrantKeyDecoder command) {
    final StringJoiner scopes = new StringJoiner(" ");
    for (final KeyScope scope : KeyScope.values()) {
      if (0 != (command.scopes() & scope.bit())) {
        scopes.add(scope.name().toLowerCase(Locale.ROOT));
      }
    }
    final boolean signed = 0 != (command.publicKey().w0() | command.publicKey().w1() | command.publicKey().w2()
        | command.publicKey().w3());
    return line.say("command.GrantKey", command.sessionId(), command.principalId(), scopes.toString(),
        signed ? line.say("command.keySigned") : "");
  }

  String asked(final SetSecurityDecoder command) {
    if (Flag.NO == command.on()) {
      return line.say("command.keysNotNeeded");
    }
    final StringJoiner commands = new StringJoiner(" ");
    commands.setEmptyValue(line.say("command.nothing"));
    for (final DualCommand each : DualCommand.values()) {
      if (0 != (command.dualTemplates() & each.bit())) {
        commands.add(each.name().toLowerCase(Locale.ROOT));
      }
    }
    return line.say("command.keysNeeded", commands.toString());
  }

  String asked(final ApproveDecoder command) {
    return line.say(Flag.YES == command.approved() ? "command.Approve" : "command.Reject", command.proposalId());
  }

  /** A step of a proposal; {@code command} is what is proposed, if that is the step. */
  String changed(final ProposalChangedDecoder change, final String command) {
    final String sentence = "proposal." + change.state().name();
    final String more = ReasonCode.OK == change.reason()
        ? 0 == change.nextTimeNs() ? "" : line.time(change.nextTimeNs()) : line.reason(change.reason());
    return line.say(sentence, change.proposalId(), change.principalId(), more, command);
  }
}
