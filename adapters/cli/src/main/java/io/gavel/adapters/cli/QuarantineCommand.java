package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gavel.engine.journal.Quarantine;
import io.gavel.engine.replay.QuarantineRecorder;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel quarantine}: an operator signs that the frame at which the engine cannot start is passed over. */
@Command(name = "quarantine")
final class QuarantineCommand extends Verb {

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "quarantine.dir")
  private Path dir = Path.of("");

  @Option(names = "--sequence", required = true, descriptionKey = "quarantine.sequence", paramLabel = "N")
  private long sequence;

  @Option(names = "--key", required = true, descriptionKey = "quarantine.key", paramLabel = "FILE")
  private Path key = Path.of("");

  @Option(names = "--incident", descriptionKey = "quarantine.incident", paramLabel = "N")
  private long incident;

  QuarantineCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    dir = Journals.existing(terminal(), dir);
    final PrivateKey secret = KeyFile.secret(terminal(), key);
    final PublicKey trusted = KeyFile.trusted(terminal(), key);
    final Quarantine record = Journals.launching(terminal(), dir, () -> {
      try {
        return QuarantineRecorder.record(dir, sequence, incident, secret, trusted);
      } catch (final IllegalArgumentException e) {
        throw UserError.unusable(String.valueOf(e.getMessage()));
      }
    });
    final String keyId = Long.toHexString(record.keyId());
    if (json()) {
      terminal().json(JsonNodeFactory.instance.objectNode().put("passedOver", record.sequence())
          .put("seq", record.atSequence()).put("keyId", keyId).put("incident", record.incident()));
    } else {
      terminal().line(text("quarantine.done", record.sequence(), record.atSequence(), keyId));
    }
    return ExitCode.OK;
  }
}
