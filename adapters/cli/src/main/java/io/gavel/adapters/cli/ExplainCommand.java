package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.codecs.ReasonTexts;
import io.gavel.engine.replay.Explanation;
import io.gavel.engine.replay.MarginStory;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel explain}: why a rule fired or how near it came, what became of an order, what one command did. */
@Command(name = "explain")
final class ExplainCommand extends Verb {

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "explain.dir")
  private Path dir = Path.of("");

  @ArgGroup(multiplicity = "1")
  private final Subject subject = new Subject();

  private final ReasonTexts reasons;

  /** Exactly one of these. */
  private static final class Subject {

    @Option(names = "--rule", paramLabel = "ID|clRuleId", descriptionKey = "explain.rule")
    private String rule = "";

    @Option(names = "--order", paramLabel = "ID|clOrdId", descriptionKey = "explain.order")
    private String order = "";

    @Option(names = "--account", paramLabel = "NAME|ID", descriptionKey = "explain.account")
    private String account = "";

    @Option(names = "--seq", paramLabel = "N", descriptionKey = "explain.seq")
    private long sequence;
  }

  ExplainCommand(final Terminal terminal) {
    super(terminal);
    reasons = ReasonTexts.of(ReasonTexts.Language.of(terminal.texts().language()));
  }

  @Override
  ExitCode run() {
    dir = Journals.existing(terminal(), dir);
    final JournalWords words = new JournalWords(reasons);
    if (!subject.rule.isEmpty()) {
      rules(words);
    } else if (!subject.order.isEmpty()) {
      orders(words);
    } else if (!subject.account.isEmpty()) {
      account(words);
    } else {
      frame(words);
    }
    return ExitCode.OK;
  }

  private void rules(final JournalWords words) {
    final List<Explanation.RuleStory> stories =
        Journals.reading(terminal(), () -> Explanation.rules(dir, subject.rule, words));
    if (stories.isEmpty()) {
      throw UserError.unusable(text("explain.noRule", subject.rule, dir));
    }
    if (json()) {
      final StoryJson story = new StoryJson(words, reasons);
      final ArrayNode list = JsonNodeFactory.instance.arrayNode();
      stories.forEach(s -> list.add(story.rule(s)));
      terminal().json(list);
    } else {
      final StoryText story = new StoryText(terminal(), words, reasons);
      stories.forEach(story::rule);
    }
  }

  private void orders(final JournalWords words) {
    final List<Explanation.OrderStory> stories =
        Journals.reading(terminal(), () -> Explanation.orders(dir, subject.order, words));
    if (stories.isEmpty()) {
      throw UserError.unusable(text("explain.noOrder", subject.order, dir));
    }
    if (json()) {
      final StoryJson story = new StoryJson(words, reasons);
      final ArrayNode list = JsonNodeFactory.instance.arrayNode();
      stories.forEach(s -> list.add(story.order(s)));
      terminal().json(list);
    } else {
      final StoryText story = new StoryText(terminal(), words, reasons);
      stories.forEach(story::order);
    }
  }

  private void account(final JournalWords words) {
    final long number = subject.account.matches("[0-9]{1,18}") ? Long.parseLong(subject.account) : 0;
    final MarginStory story = Journals.reading(terminal(), () -> Explanation.margin(dir, () -> {
      final long named = words.directory().accountId(subject.account);
      return 0 == named ? number : named;
    }, words));
    if (null == story || words.directory().accounts().stream().noneMatch(entry -> entry.id() == story.account())) {
      throw UserError.unusable(text("explain.noAccount", subject.account, dir));
    }
    if (json()) {
      terminal().json(new MarginJson(words, story.referenceAssetId()).story(story));
    } else {
      new MarginText(terminal(), words, story.referenceAssetId()).story(story);
    }
  }

  private void frame(final JournalWords words) {
    if (subject.sequence < 1) {
      throw UserError.unusable(text("error.badSequence", "--seq", subject.sequence));
    }
    final Explanation.FrameStory story = Journals.reading(terminal(),
        () -> Explanation.frame(dir, subject.sequence, words));
    if (null == story) {
      throw UserError.unusable(text("explain.noSequence", subject.sequence, dir));
    }
    if (json()) {
      final ObjectNode node = new StoryJson(words, reasons).frame(story);
      terminal().json(node);
    } else {
      new StoryText(terminal(), words, reasons).frame(story);
    }
  }
}
