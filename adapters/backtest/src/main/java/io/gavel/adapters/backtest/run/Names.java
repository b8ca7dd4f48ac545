package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.ScenarioReader;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.engine.Directory;
import org.jspecify.annotations.Nullable;

/** Names behind the ids in events, and which accounts are the house's. Set once, when the engine is up. */
final class Names {

  private @Nullable Directory directory;
  private long tapeAccount;
  private long backstopAccount;

  void directory(final Directory value) {
    directory = value;
  }

  /** Account that quotes the tape; 0 before it is created. */
  long tapeAccount() {
    if (0 == tapeAccount && null != directory) {
      tapeAccount = directory.accountId(ScenarioReader.TAPE_ACCOUNT);
    }
    return tapeAccount;
  }

  /** Account that takes over what is liquidated; 0 before it is created, and in spot. */
  long backstopAccount() {
    if (0 == backstopAccount && null != directory) {
      backstopAccount = directory.accountId(ScenarioReader.BACKSTOP_ACCOUNT);
    }
    return backstopAccount;
  }

  boolean isUser(final long account) {
    return 0 != account && tapeAccount() != account && backstopAccount() != account;
  }

  String account(final long account) {
    return 0 == account ? "" : null == directory ? "#" + account : directory.accountName(account);
  }

  String asset(final int assetId) {
    return null == directory ? "#" + assetId : directory.assetName(assetId);
  }

  static String text(final Text32Decoder words) {
    return Text32.toString(words.w0(), words.w1(), words.w2(), words.w3());
  }
}
