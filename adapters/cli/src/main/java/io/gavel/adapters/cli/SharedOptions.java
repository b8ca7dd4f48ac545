package io.gavel.adapters.cli;

import io.gavel.adapters.cli.text.Texts;
import picocli.CommandLine.Option;

/** What every verb understands. */
final class SharedOptions {

  @Option(names = "--json", descriptionKey = "shared.json")
  private boolean json;

  @Option(names = "--lang", descriptionKey = "shared.lang", paramLabel = "zh|en")
  private String language = Texts.ENGLISH;

  @Option(names = {"-h", "--help"}, descriptionKey = "shared.help", usageHelp = true)
  private boolean help;

  boolean json() {
    return json;
  }

  String language() {
    return language;
  }

  boolean help() {
    return help;
  }
}
