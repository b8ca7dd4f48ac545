package io.gavel.adapters.cli;

import io.gavel.adapters.cli.text.Texts;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** One verb of the command: parsed by picocli, called once. */
abstract class Verb implements Callable<Integer> {

  @Mixin
  private final SharedOptions shared = new SharedOptions();

  private final Terminal terminal;

  Verb(final Terminal terminal) {
    this.terminal = terminal;
  }

  final Terminal terminal() {
    return terminal;
  }

  final boolean json() {
    return shared.json();
  }

  final String text(final String key, final Object... values) {
    return terminal.text(key, values);
  }

  /** Verbs below this one. */
  List<Verb> below() {
    return List.of();
  }

  /** Does the work; {@link UserError} for whatever the user can put right. */
  abstract ExitCode run() throws Exception;

  @Override
  public final Integer call() throws Exception {
    if (!Texts.isLanguage(shared.language())) {
      throw UserError.unusable(text("error.language", shared.language()));
    }
    final ExitCode exit = run();
    terminal.out().flush();
    return exit.code();
  }
}
