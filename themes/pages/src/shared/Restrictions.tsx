import { Alert, Button, FormGroup, FormHelperText, HelperText, HelperTextItem, TextArea } from "@patternfly/react-core";
import type { Key, Restriction, RestrictionType } from "./key";
import { has, t } from "./messages";

/** The types whose whole rule is a list of lines. What else a key has stays as it is. */
const LISTS = ["ip", "referrer"];

export type RestrictionTexts = Record<string, string>;

const lines = (text: string) => text.split(/[\s,]+/).filter(Boolean);

function isPlainList(restriction: Restriction): boolean {
  return (
    LISTS.includes(restriction.type) && Object.keys(restriction).every((name) => name === "type" || name === "allow")
  );
}

/** What a restriction allows, as text; of an app its name. */
const allowedBy = ({ allow }: Restriction) =>
  (allow ?? []).map((one) => (typeof one === "string" ? one : one.packageName));

/** The lists of these restrictions, as text. */
export function textsOf(restrictions: Restriction[]): RestrictionTexts {
  return Object.fromEntries(
    restrictions.filter(isPlainList).map((restriction) => [restriction.type, allowedBy(restriction).join("\n")]),
  );
}

/** The restrictions that the texts spell, beside those that no text can. */
export function restrictionsOf(texts: RestrictionTexts, before: Restriction[] = []): Restriction[] {
  return [
    ...before.filter((restriction) => !isPlainList(restriction)),
    ...LISTS.filter((type) => lines(texts[type] ?? "").length > 0).map((type) => ({
      type,
      allow: lines(texts[type] ?? ""),
    })),
  ];
}

export function typeName(type: string): string {
  return has(`accessKeyRestriction-${type}`) ? t(`accessKeyRestriction-${type}`) : type;
}

/** A field for each type that is installed. */
export function RestrictionFields(props: {
  types: RestrictionType[];
  required: string[];
  address?: string;
  texts: RestrictionTexts;
  onChange: (texts: RestrictionTexts) => void;
}) {
  const { types, required, address, texts, onChange } = props;
  const offered = types.filter(({ type }) => LISTS.includes(type));
  const unofferable = required.filter((type) => !offered.some((one) => one.type === type));
  return (
    <>
      {unofferable.length > 0 && (
        <Alert isInline variant="warning" title={t("accessKeyRestrictionsRequired", unofferable.join(", "))} />
      )}
      {offered.map(({ type }) => {
        const id = `access-keys-restriction-${type}`;
        return (
          <FormGroup key={type} label={typeName(type)} fieldId={id} isRequired={required.includes(type)}>
            <TextArea
              id={id}
              rows={2}
              resizeOrientation="vertical"
              aria-describedby={`${id}-help`}
              placeholder={type === "ip" ? "203.0.113.0/24" : "https://app.example.com/*"}
              value={texts[type] ?? ""}
              onChange={(_, text) => onChange({ ...texts, [type]: text })}
            />
            <FormHelperText>
              <HelperText id={`${id}-help`}>
                <HelperTextItem>{t(`accessKeyRestriction-${type}-help`)}</HelperTextItem>
              </HelperText>
            </FormHelperText>
            {type === "ip" && address && (
              <Button
                variant="link"
                isInline
                isDisabled={lines(texts.ip ?? "").includes(address)}
                onClick={() => onChange({ ...texts, ip: [...lines(texts.ip ?? ""), address].join("\n") })}
              >
                {t("accessKeyPage-useMyAddress", address)}
              </Button>
            )}
          </FormGroup>
        );
      })}
    </>
  );
}

/** What restricts a key, one line each. */
export function RestrictionList({ of: key }: { of: Pick<Key, "restrictionSummaries" | "restrictions"> }) {
  const shown =
    key.restrictionSummaries ??
    key.restrictions.map((one) => ({ type: one.type, summary: allowedBy(one).join(", "), deterrent: false }));
  return shown.length === 0 ? (
    <>{t("accessKeyPage-unrestricted")}</>
  ) : (
    <ul className="access-keys-plain">
      {shown.map(({ type, summary }) => (
        <li key={type + summary}>
          <strong>{typeName(type)}:</strong> {summary}
        </li>
      ))}
    </ul>
  );
}
