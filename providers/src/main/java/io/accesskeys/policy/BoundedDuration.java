package io.accesskeys.policy;

import java.time.Duration;
import java.util.Optional;

/** The declaration of a setting that is a duration, whose maximum may be another setting. */
record BoundedDuration(PolicySetting shown, Duration least, Duration most) {

  /** A hundred years; with more, instants leave the calendar. */
  static final Duration LONGEST = Duration.ofDays(36_500);

  String name() {
    return shown.name();
  }

  /** What this setting says in a policy; what is wrong is noted there. */
  Duration in(SettingValues values) {
    return in(values, most);
  }

  /**
   * The same under a maximum that somebody has set. One that is shorter than what was set before,
   * or than the default, shortens that.
   */
  Duration in(SettingValues values, Duration limit) {
    Duration preset = shorter(Duration.parse(shown.preset()), limit);
    return values.read(
        shown,
        text -> Optional.of(Duration.parse(text)).filter(life -> within(life, least, limit)),
        text ->
            Optional.of(Duration.parse(text))
                .filter(life -> within(life, least, LONGEST))
                .map(life -> shorter(life, limit)),
        preset,
        "must be an ISO-8601 duration from " + least + " to " + limit);
  }

  static boolean within(Duration life, Duration least, Duration most) {
    return life.compareTo(least) >= 0 && life.compareTo(most) <= 0;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? other : one;
  }
}
