package io.accesskeys.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * These tests need programs that not every machine has. Where one is missing they are skipped and
 * counted at the end of the run; with {@code -Dstrict} they fail.
 */
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ToolCondition.class)
public @interface RequiresTool {

  /** The names of the programs, such as {@code nginx}. */
  String[] value();
}
