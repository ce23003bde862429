package io.accesskeys.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Depends on Keycloak's release or on the database: our overrides of Keycloak's providers,
 * Keycloak's own behaviour, the schema and its queries, the pages in the consoles. {@code mvn
 * verify} also runs it on the oldest supported release, on PostgreSQL; {@code -Pfull} runs
 * everything there.
 */
@Tag("contract")
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Contract {}
