package io.gavel.engine.replay;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.CoolingCause;
import io.gavel.codecs.sbe.CoolingOffDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SelfExcludeDecoder;
import io.gavel.codecs.sbe.SetAccountProfileDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import java.util.Locale;

/** What the log says of the risk table, of halts, and of who takes no new risk for a while. */
final class LimitSentences {

  private static final int NANOS_SCALE = 9;

  private final LogLine line;

  LimitSentences(final LogLine line) {
    this.line = line;
  }

  String asked(final SetRiskLimitsDecoder command) {
    if (RiskLimitKind.NONE == command.kind()) {
      return line.say("command.noRiskLimit", command.row());
    }
    return line.say("command.SetRiskLimits", command.row(), command.kind().name().toLowerCase(Locale.ROOT),
        Long.toString(command.limitValue()),
        0 == command.instrumentId() ? line.say("command.anywhere") : line.pair(command.instrumentId()),
        DecimalText.format(command.windowNs(), NANOS_SCALE), DecimalText.format(command.durationNs(), NANOS_SCALE),
        (0 == command.bandBps() ? "" : line.say("command.bands", command.bandBps()))
            + (Flag.YES == command.staged() ? line.say("command.staged") : ""));
  }

  String asked(final SetAccountProfileDecoder command) {
    return line.say("command.SetAccountProfile",
        0 == command.openedTimeNs() ? line.say("command.nothing") : line.time(command.openedTimeNs()),
        command.groupId(), command.region(), command.leverageRow());
  }

  String asked(final SelfExcludeDecoder command) {
    return line.say("command.SelfExclude", line.time(command.untilTimeNs()));
  }

  String asked(final ReviewDecoder command) {
    return line.say("command.Review", command.ruleId(), line.word(command.decision()));
  }

  /** A switch of the kill switch; what names an instrument or a group has it in its scope. */
  String halted(final HaltScope scope, final int instrumentId, final int groupId, final Flag on, final HaltMode mode) {
    final String whom = switch (scope) {
      case INSTRUMENT -> line.pair(instrumentId);
      case GROUP -> line.say("halt.group", groupId);
      default -> line.word(scope);
    };
    if (Flag.NO == on) {
      return line.say("halt.off", whom);
    }
    return line.say(HaltMode.REDUCE_ONLY == mode ? "halt.reduceOnly" : "halt.on", whom);
  }

  String cooling(final CoolingOffDecoder event) {
    final String until = line.time(event.untilTimeNs());
    return switch (event.cause()) {
      case SELF_EXCLUSION -> line.say("cooling.SELF_EXCLUSION", until);
      case VOLATILITY -> line.say("cooling.VOLATILITY", line.pair(event.instrumentId()), until, event.row());
      default -> line.say(CoolingCause.LOSS == event.cause() ? "cooling.LOSS" : "cooling.STOP_OUTS", until,
          event.row());
    };
  }
}
