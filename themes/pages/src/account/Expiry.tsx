import { Alert, FormGroup, Radio, TextInput } from "@patternfly/react-core";
import { type Options } from "./api";
import { now } from "../shared/http";
import { t } from "../shared/messages";
import { absolute, dateOnly, milliseconds, words } from "../shared/time";

export type Expiry = { choice: "preset" | "date" | "never"; lifetime: string; date: string };

const DAY = 24 * 60 * 60 * 1000;

export function usualExpiry(options: Options): Expiry {
  return { choice: "preset", lifetime: options.lifetimes[0] ?? "", date: "" };
}

/** The end of that day where the person is. */
function endOfDay(date: string): number {
  return new Date(`${date}T23:59:59`).getTime();
}

function latest(options: Options): number | undefined {
  return options.maxLifetime ? now() + milliseconds(options.maxLifetime) : undefined;
}

/** The instant of an expiry; undefined for never, or while no date is given. */
export function instantOf(expiry: Expiry, options: Options): number | undefined {
  if (expiry.choice === "never") {
    return undefined;
  }
  if (expiry.choice === "preset") {
    return now() + milliseconds(expiry.lifetime);
  }
  const end = expiry.date ? endOfDay(expiry.date) : undefined;
  const most = latest(options);
  // The last day that is allowed has no end that is.
  return end !== undefined && most !== undefined && end > most && end - most < DAY ? most : end;
}

/** How the API wants it: undefined to leave it to the policy, null for never. */
export function expiresAt(expiry: Expiry, options: Options): string | null | undefined {
  if (options.fixedExpiry) {
    return undefined;
  }
  const instant = instantOf(expiry, options);
  return instant === undefined ? null : new Date(instant).toISOString();
}

export function isWhole(expiry: Expiry, options: Options): boolean {
  const instant = instantOf(expiry, options);
  const most = latest(options);
  return (
    expiry.choice !== "date" ||
    (instant !== undefined && instant > now() && (most === undefined || instant <= most))
  );
}

/** In words: when it will be. */
export function ExpiryInWords({ expiry, options }: { expiry: Expiry; options: Options }) {
  const instant = instantOf(expiry, options);
  return <>{instant === undefined ? t("accessKeyNever") : absolute(instant)}</>;
}

const localDay = (instant: number) => {
  const day = new Date(instant);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};

/** When a key ends: what the realm offers, each with its date, and what else it allows. */
export function ExpiryField(props: { options: Options; value: Expiry; onChange: (value: Expiry) => void }) {
  const { options, value, onChange } = props;
  const most = latest(options);
  return (
    <FormGroup role="radiogroup" label={t("accessKeyLifetime")} isRequired fieldId="access-keys-expiry" isStack>
      {options.lifetimes.map((lifetime) => (
        <Radio
          key={lifetime}
          id={`access-keys-expiry-${lifetime}`}
          name="access-keys-expiry"
          label={words(lifetime)}
          description={t("accessKeyUntil", dateOnly(now() + milliseconds(lifetime)))}
          isChecked={value.choice === "preset" && value.lifetime === lifetime}
          onChange={() => onChange({ ...value, choice: "preset", lifetime })}
        />
      ))}
      {!options.fixedExpiry && (
        <Radio
          id="access-keys-expiry-date"
          name="access-keys-expiry"
          label={t("accessKeyPage-anotherDate")}
          description={most && t("accessKeyPage-atMost", dateOnly(most))}
          isChecked={value.choice === "date"}
          onChange={() => onChange({ ...value, choice: "date" })}
          body={
            value.choice === "date" && (
              <TextInput
                type="date"
                aria-label={t("accessKeyPage-anotherDate")}
                min={localDay(now())}
                max={most && localDay(most)}
                value={value.date}
                validated={value.date && !isWhole(value, options) ? "error" : "default"}
                onChange={(_, date) => onChange({ ...value, date })}
              />
            )
          }
        />
      )}
      {!options.fixedExpiry && !options.maxLifetime && (
        <Radio
          id="access-keys-expiry-never"
          name="access-keys-expiry"
          label={t("accessKeyNever")}
          isChecked={value.choice === "never"}
          onChange={() => onChange({ ...value, choice: "never" })}
          body={
            value.choice === "never" && <Alert isInline isPlain variant="warning" title={t("accessKeyPage-neverRisk")} />
          }
        />
      )}
    </FormGroup>
  );
}
