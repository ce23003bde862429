package io.accesskeys.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** Uses {@link Cluster#shared()}: all that do run in one JVM, so that it is started once. */
@Tag("cluster")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnTwoNodes {}
