/** Instants and durations as people read them, in their own zone and language. */
import { host } from "./host";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * DAY],
  ["month", 30 * DAY],
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
];

export function absolute(instant: string | number): string {
  return new Date(instant).toLocaleString(host.locale, { dateStyle: "medium", timeStyle: "short" });
}

export function dateOnly(instant: number): string {
  return new Date(instant).toLocaleDateString(host.locale, { dateStyle: "long" });
}

/** How long until then, or since. */
export function relative(instant: string | number, now: number): string {
  const away = new Date(instant).getTime() - now;
  const format = new Intl.RelativeTimeFormat(host.locale, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (Math.abs(away) >= length) {
      return format.format(Math.round(away / length), unit);
    }
  }
  return format.format(0, "second");
}

/** Milliseconds of an ISO-8601 duration as Java writes it: `PT720H`, `PT1H30M`, `P30D`. */
export function milliseconds(duration: string): number {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/.exec(duration);
  if (!parts) {
    return Number.NaN;
  }
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;
}

/** A duration in the largest unit that it is a whole number of. */
export function words(duration: string): string {
  const length = milliseconds(duration);
  const unit = ([["day", DAY], ["hour", HOUR], ["minute", MINUTE]] as const).find(
    ([name, size]) => length % size === 0 && (name !== "day" || length > DAY),
  );
  const [name, size] = unit ?? (["second", SECOND] as const);
  return new Intl.NumberFormat(host.locale, { style: "unit", unit: name, unitDisplay: "long" }).format(length / size);
}
