package io.gavel.codecs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Holds, or is, something that nobody else may see: a private key, a token. Such a type says nothing of it in
 * {@code toString}, such a value is compared in constant time and never becomes text. A test reads the sources for it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.PARAMETER})
public @interface Secret {
}
