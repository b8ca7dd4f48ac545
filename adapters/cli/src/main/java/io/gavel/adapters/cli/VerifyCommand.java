package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.engine.journal.JournalScan;
import io.gavel.engine.proof.AccountProof;
import io.gavel.engine.proof.Checkpoint;
import io.gavel.engine.proof.CheckpointStore;
import io.gavel.engine.proof.HistoryVerifier;
import io.gavel.engine.replay.ReplayVerifier;
import java.nio.file.Path;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel verify}: is the journal as it was written, and with a key, as it was signed. */
@Command(name = "verify")
final class VerifyCommand extends Verb {

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "verify.dir")
  private Path dir = Path.of("");

  @Option(names = "--key", descriptionKey = "verify.key", paramLabel = "FILE")
  private @Nullable Path key;

  @Option(names = "--checkpoints", descriptionKey = "verify.checkpoints", paramLabel = "FOLDER")
  private @Nullable Path checkpoints;

  @Option(names = "--proof", descriptionKey = "verify.proof", paramLabel = "FILE")
  private @Nullable Path proof;

  VerifyCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    final Path trusted = key;
    if (null == trusted && (null != checkpoints || null != proof)) {
      throw UserError.unusable(text("verify.keyMissing"));
    }
    dir = Journals.existing(terminal(), dir);
    final ExitCode scanned = scan();
    return null == trusted || ExitCode.OK != scanned ? scanned : prove(KeyFile.trusted(terminal(), trusted));
  }

  private ExitCode scan() {
    final JournalScan.Result result = ReplayVerifier.verify(dir);
    if (json()) {
      terminal().json(json(result));
    } else {
      terminal().line(switch (result.status()) {
        case CLEAN -> text("verify.clean", result.lastSequence());
        case CORRUPT -> text("verify.corrupt", result.sequence(), result.file(), result.reason(),
            result.lastSequence());
        case UNREADABLE -> text("verify.unreadable", result.file(), result.reason());
      });
      if (JournalScan.Status.CLEAN == result.status() && !result.reason().isEmpty()) {
        terminal().line(result.reason());
      }
    }
    return switch (result.status()) {
      case CLEAN -> ExitCode.OK;
      case CORRUPT -> ExitCode.FINDING;
      case UNREADABLE -> ExitCode.UNUSABLE;
    };
  }

  private ExitCode prove(final PublicKey trusted) {
    final Path folder = checkpoints;
    final CheckpointStore store = null == folder ? CheckpointStore.of(dir) : CheckpointStore.in(folder);
    final HistoryVerifier.Verdict verdict = HistoryVerifier.verify(dir, store, trusted);
    if (json()) {
      terminal().json(JsonNodeFactory.instance.objectNode().put("status", verdict.status().name())
          .put("seq", verdict.sequence()).put("provedSeq", verdict.provedSequence())
          .put("lastSeq", verdict.lastSequence()).put("reason", verdict.reason()));
    } else {
      terminal().line(switch (verdict.status()) {
        case PROVED -> text("verify.proved", verdict.provedSequence(), verdict.lastSequence());
        case BROKEN -> text("verify.broken", verdict.sequence(), verdict.reason(), verdict.provedSequence());
        case UNPROVED -> text("verify.unproved", verdict.reason());
      });
    }
    final Path file = proof;
    return switch (verdict.status()) {
      case PROVED -> null == file ? ExitCode.OK : prove(file, HistoryVerifier.lastSigned(store, trusted));
      case BROKEN -> ExitCode.FINDING;
      case UNPROVED -> ExitCode.UNUSABLE;
    };
  }

  private ExitCode prove(final Path file, final @Nullable Checkpoint checkpoint) {
    final AccountProof claim = ProofJson.read(terminal(), file);
    final boolean holds = null != checkpoint && claim.isUnder(checkpoint);
    if (json()) {
      terminal().json(JsonNodeFactory.instance.objectNode().put("account", claim.account())
          .put("seq", claim.sequence()).put("holds", holds));
    } else {
      terminal().line(text(holds ? "verify.proofHolds" : "verify.proofFails", claim.account(), claim.sequence()));
    }
    return holds ? ExitCode.OK : ExitCode.FINDING;
  }

  private static ObjectNode json(final JournalScan.Result result) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("status", result.status().name()).put("lastSeq", result.lastSequence());
    if (JournalScan.Status.CORRUPT == result.status()) {
      node.put("seq", result.sequence());
    }
    return node.put("file", result.file()).put("reason", result.reason());
  }
}
