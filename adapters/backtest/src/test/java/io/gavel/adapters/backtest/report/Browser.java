package io.gavel.adapters.backtest.report;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A headless Chromium found on the PATH: opens a file and hands back the document as it is after the scripts ran. */
final class Browser {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> FLAGS = List.of("--headless=new", "--no-sandbox", "--disable-gpu",
      "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--virtual-time-budget=4000", "--window-size=1400,3200",
      "--dump-dom");
  private static final int SECONDS_MAX = 90;

  private final Path program;

  private Browser(final Path program) {
    this.program = program;
  }

  static Optional<Browser> find() {
    final String path = System.getenv().getOrDefault("PATH", "");
    for (final String name : NAMES) {
      for (final String directory : path.split(File.pathSeparator, -1)) {
        final Path program = Path.of(directory, name);
        if (Files.isExecutable(program)) {
          return Optional.of(new Browser(program));
        }
      }
    }
    return Optional.empty();
  }

  /** @param directory a fresh one: the browser's profile and its output go there */
  String document(final Path page, final Path directory) throws IOException, InterruptedException {
    final List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + directory.resolve("profile"));
    command.add(page.toUri().toString());
    final File document = directory.resolve("document.html").toFile();
    final Process process = new ProcessBuilder(command).redirectOutput(document)
        .redirectError(directory.resolve("browser.log").toFile()).start();
    if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new IOException("the browser did not finish: seconds=" + SECONDS_MAX + ", page=" + page);
    }
    return Files.readString(document.toPath(), StandardCharsets.UTF_8);
  }
}
