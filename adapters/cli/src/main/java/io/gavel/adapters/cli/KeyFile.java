package io.gavel.adapters.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ed25519 keys in PEM, as openssl writes them; only the tool reads files, the engine is handed keys. */
final class KeyFile {

  private static final String ALGORITHM = "Ed25519";
  private static final long LENGTH_MAX = 16 << 10;

  private KeyFile() {
  }

  /** The PRIVATE KEY block of {@code file}. */
  static PrivateKey secret(final Terminal terminal, final Path file) {
    final byte[] encoded = block(terminal, file, "PRIVATE KEY");
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (final GeneralSecurityException e) {
      throw UserError.unusable(terminal.text("key.unusable", file, "PRIVATE KEY"));
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** The PUBLIC KEY block of {@code file}. */
  static PublicKey trusted(final Terminal terminal, final Path file) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(block(terminal, file, "PUBLIC KEY")));
    } catch (final GeneralSecurityException e) {
      throw UserError.unusable(terminal.text("key.unusable", file, "PUBLIC KEY"));
    }
  }

  private static byte[] block(final Terminal terminal, final Path file, final String kind) {
    final String text = read(file);
    if (null == text) {
      throw UserError.unusable(terminal.text("key.missing", file));
    }
    final Matcher matcher = Pattern.compile(
        "-----BEGIN " + kind + "-----\\s+([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----").matcher(text);
    if (!matcher.find()) {
      throw UserError.unusable(terminal.text("key.unusable", file, kind));
    }
    try {
      return Base64.getMimeDecoder().decode(matcher.group(1));
    } catch (final IllegalArgumentException e) {
      throw UserError.unusable(terminal.text("key.unusable", file, kind));
    }
  }

  private static @Nullable String read(final Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) <= LENGTH_MAX
          ? Files.readString(file, StandardCharsets.ISO_8859_1) : null;
    } catch (final IOException e) {
      return null;
    }
  }
}
