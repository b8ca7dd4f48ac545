package io.gavel.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.GrantKeyDecoder;
import io.gavel.codecs.sbe.Ids8Decoder;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * Whether commands need a key, and the keys: which session may ask what, for whom, until when, and how much of that it
 * has used. A key is a row of words; rows stand in the order in which their sessions were first granted one. Nothing
 * here is secret: a public key is public, and there is no other kind. Absent from the state while nothing was granted.
 */
final class Principals implements StateOwner {

  static final int NULL_ROW = -1;

  private static final int SESSION = 0;
  private static final int PRINCIPAL = 1;
  private static final int EXPIRY = 2;
  private static final int COMMAND_MAX = 3;
  private static final int WINDOW_MAX = 4;
  private static final int WINDOW = 5;
  private static final int ASSET = 6;
  private static final int SCOPES = 7;
  private static final int RATE = 8;
  private static final int BURST = 9;
  private static final int KEY = 10;
  private static final int KEY_WORDS = FrameDescriptor.PUBLIC_KEY_LENGTH / Long.BYTES;
  private static final int ACCOUNTS = KEY + KEY_WORDS;
  private static final int LIST_LENGTH = Ids8Decoder.ENCODED_LENGTH / Long.BYTES;
  private static final int INSTRUMENTS = ACCOUNTS + LIST_LENGTH;
  private static final int FULL_TIME = INSTRUMENTS + LIST_LENGTH;
  private static final int WINDOW_START = FULL_TIME + 1;
  private static final int WINDOW_USED = WINDOW_START + 1;
  private static final int WIDTH = WINDOW_USED + 1;
  private static final long SECOND_NS = 1_000_000_000L;

  private final long[] words;
  private final Long2LongHashMap rowBySession;
  private final int keysMax;
  private int keys;
  private boolean on;
  private long engineId;

  Principals(final int keysMax) {
    this.keysMax = keysMax;
    words = new long[keysMax * WIDTH];
    rowBySession = new Long2LongHashMap(4 * keysMax, 0.5f, NULL_ROW);
  }

  /** Whether commands need a key. */
  boolean isOn() {
    return on;
  }

  /** What signatures are bound to; 0 before anybody said. */
  long engineId() {
    return engineId;
  }

  void set(final boolean keysNeeded, final long newEngineId) {
    on = keysNeeded;
    engineId = newEngineId;
  }

  /** The key of a session, or {@link #NULL_ROW}. A row is the same until the next grant or revocation. */
  int rowOf(final long sessionId) {
    return (int) rowBySession.get(sessionId);
  }

  boolean isFull() {
    return keys == keysMax;
  }

  /** Gives the session this key, in place of the one it had; what that one has used is forgotten. */
  void grant(final GrantKeyDecoder command, final DirectBuffer buffer) {
    int row = rowOf(command.sessionId());
    if (NULL_ROW == row) {
      Invariants.check(!isFull(), "more keys than fit: session, keys", command.sessionId(), keys);
      row = keys++;
      rowBySession.put(command.sessionId(), row);
    }
    final int at = row * WIDTH;
    words[at + SESSION] = command.sessionId();
    words[at + PRINCIPAL] = command.principalId();
    words[at + EXPIRY] = command.expiryTimeNs();
    words[at + COMMAND_MAX] = command.commandMaxUnits();
    words[at + WINDOW_MAX] = command.windowMaxUnits();
    words[at + WINDOW] = command.windowNs();
    words[at + ASSET] = command.notionalAssetId();
    words[at + SCOPES] = command.scopes();
    words[at + RATE] = command.ratePerSecond();
    words[at + BURST] = 0 == command.ratePerSecond() ? 0 : Math.max(1, command.rateBurst());
    copy(buffer, command.publicKey().offset(), at + KEY, KEY_WORDS);
    copy(buffer, command.accounts().offset(), at + ACCOUNTS, LIST_LENGTH);
    copy(buffer, command.instruments().offset(), at + INSTRUMENTS, LIST_LENGTH);
    words[at + FULL_TIME] = 0;
    words[at + WINDOW_START] = 0;
    words[at + WINDOW_USED] = 0;
  }

  private void copy(final DirectBuffer buffer, final int offset, final int to, final int count) {
    for (int i = 0; i < count; i++) {
      words[to + i] = buffer.getLong(offset + i * Long.BYTES, LITTLE_ENDIAN);
    }
  }

  /** Takes a key away; the rows behind it move up, so that the order stays that of the grants. */
  void revoke(final int row) {
    rowBySession.remove(words[row * WIDTH + SESSION]);
    keys--;
    System.arraycopy(words, (row + 1) * WIDTH, words, row * WIDTH, (keys - row) * WIDTH);
    for (int moved = row; moved < keys; moved++) {
      rowBySession.put(words[moved * WIDTH + SESSION], moved);
    }
  }

  long principalId(final int row) {
    return words[row * WIDTH + PRINCIPAL];
  }

  int scopes(final int row) {
    return (int) words[row * WIDTH + SCOPES];
  }

  boolean isExpired(final int row, final long nowNs) {
    final long expiryTimeNs = words[row * WIDTH + EXPIRY];
    return 0 != expiryTimeNs && nowNs > expiryTimeNs;
  }

  /** Whether the frame is signed by the key of the row, or need not be. */
  boolean isSignedAsAsked(final int row, final FrameFlyweight frame) {
    final int at = row * WIDTH + KEY;
    if (0 == (words[at] | words[at + 1] | words[at + 2] | words[at + 3])) {
      return true;
    }
    if (!frame.isSigned()) {
      return false;
    }
    final int key = frame.offset() + frame.unsignedLength();
    long difference = 0;
    for (int i = 0; i < KEY_WORDS; i++) {
      difference |= words[at + i] ^ frame.buffer().getLong(key + i * Long.BYTES, LITTLE_ENDIAN);
    }
    return 0 == difference;
  }

  boolean allowsAccount(final int row, final long account) {
    return allows(row * WIDTH + ACCOUNTS, account);
  }

  /** Whether the key is good for an instrument; 0: for all of them. */
  boolean allowsInstrument(final int row, final int instrumentId) {
    return allows(row * WIDTH + INSTRUMENTS, instrumentId);
  }

  /** An empty list allows everything; one that is not allows no 0, which stands for all. */
  private boolean allows(final int list, final long id) {
    boolean empty = true;
    for (int i = list; i < list + LIST_LENGTH; i++) {
      if (0 != words[i]) {
        if (words[i] == id) {
          return true;
        }
        empty = false;
      }
    }
    return empty;
  }

  boolean limitsAmounts(final int row) {
    return 0 != (words[row * WIDTH + COMMAND_MAX] | words[row * WIDTH + WINDOW_MAX]);
  }

  boolean allowsAmount(final int row, final int assetId, final long units) {
    final long most = words[row * WIDTH + COMMAND_MAX];
    return assetId == words[row * WIDTH + ASSET] && (0 == most || units <= most);
  }

  /** Whether the window has room for {@code units} more; a new one begins with the first command after the last. */
  boolean windowHasRoom(final int row, final long units, final long nowNs) {
    final int at = row * WIDTH;
    return 0 == words[at + WINDOW_MAX] || units <= words[at + WINDOW_MAX] - used(at, nowNs);
  }

  private long used(final int at, final long nowNs) {
    return nowNs - words[at + WINDOW_START] >= words[at + WINDOW] ? 0 : words[at + WINDOW_USED];
  }

  boolean rateHasRoom(final int row, final int tokens, final long nowNs) {
    final int at = row * WIDTH;
    if (0 == words[at + RATE]) {
      return true;
    }
    final long tokenNs = SECOND_NS / words[at + RATE];
    return Math.max(nowNs, words[at + FULL_TIME]) + tokens * tokenNs <= nowNs + words[at + BURST] * tokenNs;
  }

  /** What was checked has been accepted. */
  void take(final int row, final long units, final int tokens, final long nowNs) {
    final int at = row * WIDTH;
    if (0 != words[at + RATE]) {
      words[at + FULL_TIME] = Math.max(nowNs, words[at + FULL_TIME]) + tokens * (SECOND_NS / words[at + RATE]);
    }
    if (0 != words[at + WINDOW_MAX] && 0 != units) {
      final long used = used(at, nowNs);
      words[at + WINDOW_START] = 0 == used ? nowNs : words[at + WINDOW_START];
      words[at + WINDOW_USED] = used + units;
    }
  }

  /** How many principals, up to two, can change keys for ever, leaving the key of {@code exceptSession} out. */
  int guardians(final long exceptSession, final long also) {
    long first = also;
    for (int row = 0; row < keys; row++) {
      final int at = row * WIDTH;
      final boolean guards = 0 != (words[at + SCOPES] & KeyScope.SECURITY.bit()) && 0 == words[at + EXPIRY];
      if (guards && words[at + SESSION] != exceptSession && words[at + PRINCIPAL] != first) {
        if (0 != first) {
          return 2;
        }
        first = words[at + PRINCIPAL];
      }
    }
    return 0 == first ? 0 : 1;
  }

  @Override
  public int componentId() {
    return 2008;
  }

  @Override
  public String componentName() {
    return "principals";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == keys && !on && 0 == engineId) {
      return;
    }
    sink.putInt(on ? 1 : 0);
    sink.putInt(keys);
    sink.putLong(engineId);
    for (int i = 0; i < keys * WIDTH; i++) {
      sink.putLong(words[i]);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    on = 0 != source.getInt();
    keys = source.getInt();
    Invariants.check(keys >= 0 && keys <= keysMax, "more keys saved than fit: saved, fit", keys, keysMax);
    engineId = source.getLong();
    for (int i = 0; i < keys * WIDTH; i++) {
      words[i] = source.getLong();
    }
    for (int row = 0; row < keys; row++) {
      rowBySession.put(words[row * WIDTH + SESSION], row);
    }
  }
}
