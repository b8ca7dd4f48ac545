package io.gavel.adapters.cli.pipe;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.DualCommand;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.IdList;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.ApproveEncoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RevokeKeyEncoder;
import io.gavel.codecs.sbe.SetSecurityEncoder;
import io.gavel.engine.Directory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Keys of sessions, and commands that two people have to want. Lists are names with blanks between them. */
final class SecurityOps {

  private static final int RATE_MAX = 1_000_000;
  private static final Pattern KEY = Pattern.compile("[0-9a-fA-F]{" + 2 * FrameDescriptor.PUBLIC_KEY_LENGTH + '}');
  private static final Words<KeyScope> SCOPES = Words.of(KeyScope.class);
  private static final Words<DualCommand> COMMANDS = Words.of(DualCommand.class);

  private final GrantKeyEncoder grant = new GrantKeyEncoder();
  private final RevokeKeyEncoder revoke = new RevokeKeyEncoder();
  private final SetSecurityEncoder security = new SetSecurityEncoder();
  private final ApproveEncoder approve = new ApproveEncoder();

  /** How a name of a list becomes an id. */
  private interface Naming {
    long id(String name) throws LineFault;
  }

  List<Op> ops() {
    return List.of(
        new Op("grant-key", this::grant, "keySessionId", "principal", "scopes", "accts", "instIds", "expires", "ccy",
            "perCommand", "perWindow", "windowSec", "ratePerSecond", "rateBurst", "publicKey"),
        new Op("revoke-key", this::revoke, "keySessionId"),
        new Op("security", this::security, "keysNeeded", "twoPeople", "delaySec", "lifetimeSec", "ccy", "small"),
        new Op("approve", this::approve, "proposalId", "approved"));
  }

  private void grant(final Fields line, final CommandScope scope) throws LineFault {
    final Directory directory = scope.directory();
    final List<Long> accounts = list(line, "accts", name -> known(
        line, "accts", name, directory.accountId(name), ReasonCode.UNKNOWN_ACCOUNT));
    final List<Long> instruments = list(line, "instIds", name -> known(
        line, "instIds", name, directory.instrumentId(name), ReasonCode.UNKNOWN_INSTRUMENT));
    int scopes = 0;
    for (final String word : line.text("scopes").split(" ", -1)) {
      scopes |= value(line, "scopes", word, SCOPES).bit();
    }
    final GrantKeyEncoder command = scope.ingress().begin(grant);
    scope.header(command.header(), 0);
    command.sessionId(line.whole("keySessionId", 1, Long.MAX_VALUE)).principalId(line.whole("principal", 1,
        Long.MAX_VALUE)).scopes(scopes).expiryTimeNs(line.timeOr("expires", 0))
        .ratePerSecond(line.intOr("ratePerSecond", 0, RATE_MAX, 0)).rateBurst(line.intOr("rateBurst", 0, RATE_MAX, 0))
        .windowNs(scope.durationNs(line, "windowSec"));
    if (line.has("ccy")) {
      final Directory.AssetEntry asset = scope.asset(line, "ccy");
      command.notionalAssetId(asset.id()).commandMaxUnits(scope.units(asset, line, "perCommand"))
          .windowMaxUnits(scope.units(asset, line, "perWindow"));
    }
    publicKey(line, command);
    IdList.put(command.accounts(), accounts);
    IdList.put(command.instruments(), instruments);
  }

  /** Somebody may have put the wrong half of a key here, so what was written is never said again. */
  private static void publicKey(final Fields line, final GrantKeyEncoder command) throws LineFault {
    if (!line.has("publicKey")) {
      return;
    }
    final String hex = line.text("publicKey");
    if (!KEY.matcher(hex).matches()) {
      throw line.fault(ReasonCode.MALFORMED, "pipe.notAKey", "publicKey");
    }
    final ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(LITTLE_ENDIAN);
    command.publicKey().w0(words.getLong()).w1(words.getLong()).w2(words.getLong()).w3(words.getLong());
  }

  private void revoke(final Fields line, final CommandScope scope) throws LineFault {
    final long sessionId = line.whole("keySessionId", 1, Long.MAX_VALUE);
    final RevokeKeyEncoder command = scope.ingress().begin(revoke);
    scope.header(command.header(), 0);
    command.sessionId(sessionId);
  }

  private void security(final Fields line, final CommandScope scope) throws LineFault {
    long dual = 0;
    if (line.has("twoPeople")) {
      for (final String word : line.text("twoPeople").split(" ", -1)) {
        dual |= value(line, "twoPeople", word, COMMANDS).bit();
      }
    }
    final SetSecurityEncoder command = scope.ingress().begin(security);
    scope.header(command.header(), 0);
    command.on(line.flag("keysNeeded") ? Flag.YES : Flag.NO).dualTemplates(dual)
        .delayNs(scope.durationNs(line, "delaySec")).timeToLiveNs(scope.durationNs(line, "lifetimeSec"));
    if (line.has("ccy")) {
      final Directory.AssetEntry asset = scope.asset(line, "ccy");
      IdList.put(command.assets(), List.of((long) asset.id()));
      IdList.put(command.limitsUnits(), List.of(scope.requiredUnits(asset, line, "small")));
    }
  }

  private void approve(final Fields line, final CommandScope scope) throws LineFault {
    final long proposalId = line.whole("proposalId", 1, Long.MAX_VALUE);
    final boolean approved = line.flag("approved");
    final ApproveEncoder command = scope.ingress().begin(approve);
    scope.header(command.header(), 0);
    command.proposalId(proposalId).approved(approved ? Flag.YES : Flag.NO);
  }

  private static List<Long> list(final Fields line, final String field, final Naming naming) throws LineFault {
    final List<Long> ids = new ArrayList<>();
    if (line.has(field)) {
      for (final String name : line.text(field).split(" ", -1)) {
        ids.add(naming.id(name));
      }
    }
    if (ids.size() > IdList.LENGTH) {
      throw line.fault(ReasonCode.OUT_OF_RANGE, "pipe.tooManyNames", field, IdList.LENGTH);
    }
    return ids;
  }

  private static long known(final Fields line, final String field, final String name, final long id,
      final ReasonCode code) throws LineFault {
    if (Directory.NULL_ID == id) {
      throw line.fault(code, "pipe.unknownName", field, name);
    }
    return id;
  }

  private static <E extends Enum<E>> E value(
      final Fields line, final String field, final String word, final Words<E> words) throws LineFault {
    final E value = words.value(word);
    if (null == value) {
      throw line.fault(ReasonCode.UNKNOWN_ENUM, "pipe.unknownWord", field, '"' + word + '"', words.list());
    }
    return value;
  }
}
