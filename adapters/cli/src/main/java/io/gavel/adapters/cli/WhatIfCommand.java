package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.adapters.cli.pipe.RuleEdit;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.engine.Directory;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.replay.Explanation;
import io.gavel.engine.replay.RunDiff;
import io.gavel.engine.replay.WhatIf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel whatif}: a journal run again with one rule changed, beside what it was. */
@Command(name = "whatif")
final class WhatIfCommand extends Verb {

  private static final Pattern CHANGE = Pattern.compile("rule\\.(?<rule>.+)\\.(?<field>[A-Za-z]+)=(?<value>.*)");

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "whatif.dir")
  private Path dir = Path.of("");

  @Option(names = "--set", paramLabel = "rule.ID.FIELD=VALUE", descriptionKey = "whatif.set", required = true)
  private List<String> changes = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", descriptionKey = "whatif.out")
  private Path out = Path.of("out", "whatif");

  @ArgGroup(multiplicity = "0..1")
  private final Market market = new Market();

  private final ReasonTexts reasons;

  /** At most one of these. */
  private static final class Market {

    @Option(names = "--open", descriptionKey = "whatif.open")
    private boolean open;

    @Option(names = "--closed", descriptionKey = "whatif.closed")
    private boolean closed;

    boolean isOpen() {
      return open && !closed;
    }
  }

  /** What is to be changed, and whose it is. */
  private record Plan(List<RuleEdit> edits, String rule, long account) {
  }

  WhatIfCommand(final Terminal terminal) {
    super(terminal);
    reasons = ReasonTexts.of(ReasonTexts.Language.of(terminal.texts().language()));
  }

  @Override
  ExitCode run() throws IOException {
    dir = Journals.existing(terminal(), dir);
    final Plan plan = plan();
    prepare(terminal(), dir, out);
    final RunDiff.Alignment alignment = play(plan);
    final JournalWords first = new JournalWords(reasons);
    final JournalWords second = new JournalWords(reasons);
    final RunDiff.Result result =
        Journals.reading(terminal(), () -> RunDiff.of(dir, out, alignment, first, second));
    final DiffRows rows = new DiffRows(result, alignment.onlyAccount());
    if (json()) {
      final ObjectNode node = new DiffJson(first, second).tell(result, rows);
      node.put("out", out.toString()).put("market", market.isOpen() ? "open" : "closed").put("rule", plan.rule());
      terminal().json(node);
      return ExitCode.OK;
    }
    terminal().line(text("whatif.head", String.join(" ", changes),
        text(market.isOpen() ? "whatif.isOpen" : "whatif.isClosed")));
    new DiffText(terminal(), first, second).tell(result, rows);
    refused(second, plan);
    terminal().line(text("whatif.next", out, plan.rule(), dir));
    return ExitCode.OK;
  }

  /** A changed rule that the engine no longer takes is no rule that did not fire. */
  private void refused(final JournalWords words, final Plan plan) {
    for (final Explanation.RuleStory rule : Journals.reading(terminal(),
        () -> Explanation.rules(out, plan.rule(), words))) {
      if (null != rule.refusal()) {
        terminal().line(text("whatif.refused", plan.rule(), rule.armSequence(), rule.refusal(),
            reasons.text(rule.refusal())));
      }
    }
  }

  private RunDiff.Alignment play(final Plan plan) throws IOException {
    final WhatIf.Change change = (frame, offset, id) -> {
      boolean edited = false;
      for (final RuleEdit edit : plan.edits()) {
        edited |= edit.edit(frame, offset, id);
      }
      return edited;
    };
    final WhatIf.Outcome outcome;
    try {
      outcome = Journals.reading(terminal(), () -> WhatIf.run(dir, out, change,
          market.isOpen() ? WhatIf.Market.OPEN : WhatIf.Market.CLOSED, plan.account(), new JournalWords(reasons)));
    } catch (final WhatIf.Refused e) {
      throw UserError.unusable(text("whatif.invalid", String.join(" ", changes), e.code(), reasons.text(e.code())));
    }
    final RunDiff.Alignment alignment =
        new RunDiff.Alignment(outcome.inserted(), market.isOpen() ? plan.account() : 0);
    WhatIfNote.write(out, dir, changes, alignment);
    return alignment;
  }

  private Plan plan() {
    final JournalWords words = new JournalWords(reasons);
    final List<RuleEdit> edits = new ArrayList<>();
    @Nullable String rule = null;
    List<Explanation.RuleStory> stories = List.of();
    for (final String change : changes) {
      final Matcher parts = CHANGE.matcher(change);
      if (!parts.matches()) {
        throw UserError.unusable(text("whatif.badSet", change));
      }
      final String name = parts.group("rule");
      if (null != rule && !rule.equals(name)) {
        throw UserError.unusable(text("whatif.oneRule", rule, name));
      }
      if (null == rule) {
        rule = name;
        stories = Journals.reading(terminal(), () -> Explanation.rules(dir, name, words));
        if (stories.isEmpty()) {
          throw UserError.unusable(text("whatif.noRule", name, dir, knownRules()));
        }
      }
      edits.add(edit(words.directory(), name, parts.group("field"), parts.group("value"), stories));
    }
    return new Plan(edits, String.valueOf(rule), stories.get(0).account());
  }

  private RuleEdit edit(final Directory directory, final String rule, final String field, final String value,
      final List<Explanation.RuleStory> stories) {
    final Directory.InstrumentEntry instrument = directory.instrument(stories.get(0).instrumentId());
    if (null == instrument) {
      throw UserError.unusable(text("whatif.noRule", rule, dir, knownRules()));
    }
    final Set<Long> ids = stories.stream().map(Explanation.RuleStory::ruleId).filter(id -> 0 != id)
        .collect(Collectors.toSet());
    try {
      final RuleEdit edit = new RuleEdit(terminal().texts(), field, value, instrument, ids,
          stories.get(0).clRuleId());
      final RuleKind kind = edit.kind();
      final Set<RuleKind> kinds = stories.stream().flatMap(story -> story.legs().stream())
          .map(Explanation.LegStory::kind).collect(Collectors.toCollection(TreeSet::new));
      if (null != kind && !kinds.contains(kind)) {
        throw UserError.unusable(text("whatif.noLeg", rule, StoryText.word(kind), field,
            kinds.stream().map(StoryText::word).collect(Collectors.joining(", "))));
      }
      return edit;
    } catch (final RuleEdit.Fault e) {
      throw UserError.unusable(String.valueOf(e.getMessage()));
    }
  }

  private String knownRules() {
    final Set<String> names = Journals.reading(terminal(), () -> Explanation.ruleNames(dir));
    return names.isEmpty() ? "-" : String.join(", ", names);
  }

  /** The run of an earlier what-if is replaced, anything else is not touched. */
  static void prepare(final Terminal terminal, final Path of, final Path out) throws IOException {
    if (!Files.exists(out)) {
      return;
    }
    final boolean isSame = out.toRealPath().equals(of.toRealPath());
    try (Stream<Path> entries = Files.isDirectory(out) ? Files.list(out) : Stream.of(out)) {
      if (isSame || (entries.findAny().isPresent() && !WhatIfNote.exists(out))) {
        throw UserError.unusable(terminal.text("whatif.occupied", out));
      }
    }
    final Path journal = out.resolve(ChronicleJournal.FOLDER);
    if (Files.exists(journal)) {
      try (Stream<Path> tree = Files.walk(journal)) {
        for (final Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
