package io.accesskeys.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Builds a home or starts servers for minutes: {@code mvn verify} leaves it to {@code mvn verify
 * -Pfull}, which a scheduled workflow runs every night, and to {@code -Dit.test}.
 */
@Tag("full")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Full {}
