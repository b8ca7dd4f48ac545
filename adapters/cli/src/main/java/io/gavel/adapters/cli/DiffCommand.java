package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.report.OverlayPage;
import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.codecs.ReasonTexts;
import io.gavel.engine.replay.RunDiff;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel diff}: where the events of two journals part, and what either run came to; 1 when they differ. */
@Command(name = "diff")
final class DiffCommand extends Verb {

  @Parameters(index = "0", paramLabel = "A", descriptionKey = "diff.a")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", descriptionKey = "diff.b")
  private Path second = Path.of("");

  @Option(names = "--html", paramLabel = "FILE", descriptionKey = "diff.html")
  private @Nullable Path page;

  DiffCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    first = Journals.existing(terminal(), first);
    second = Journals.existing(terminal(), second);
    final ReasonTexts reasons = ReasonTexts.of(ReasonTexts.Language.of(terminal().texts().language()));
    final JournalWords firstWords = new JournalWords(reasons);
    final JournalWords secondWords = new JournalWords(reasons);
    final RunDiff.Alignment alignment = Journals.reading(terminal(), () -> WhatIfNote.read(second));
    final RunDiff.Result result = Journals.reading(terminal(),
        () -> RunDiff.of(first, second, alignment, firstWords, secondWords));
    final DiffRows rows = new DiffRows(result, alignment.onlyAccount());
    final DiffText sentences = new DiffText(terminal(), firstWords, secondWords);
    final Path html = page;
    if (null != html) {
      OverlayPage.write(html, first + " / " + second, ReasonTexts.Language.of(terminal().texts().language()),
          new DiffPage(terminal(), firstWords.directory(), sentences)
              .data(result, rows, first.toString(), second.toString()));
      terminal().remark(text("diff.page", html));
    }
    if (json()) {
      final ObjectNode node = new DiffJson(firstWords, secondWords).tell(result, rows);
      terminal().json(node);
    } else {
      sentences.tell(result, rows);
    }
    return result.isSame() ? ExitCode.OK : ExitCode.FINDING;
  }
}
