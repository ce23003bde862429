import { Alert, Checkbox, FormGroup, Radio } from "@patternfly/react-core";
import { useState } from "react";
import { type IssuedKey, type Options, api } from "./api";
import { now } from "../shared/http";
import type { Key } from "../shared/key";
import { type Expiry, ExpiryField, expiresAt, isWhole, usualExpiry } from "./Expiry";
import { FormDialog } from "../shared/FormDialog";
import { t } from "../shared/messages";
import { Moment } from "../shared/Moment";
import { rollIsDue } from "../shared/StateBadge";
import { absolute, milliseconds, words } from "../shared/time";
import { useAttempt } from "../shared/useAttempt";

export type RollValues = { overlap: string; renew: boolean; expiry: Expiry };

const FORM = "access-keys-roll";
const NOW = "PT0S";
/** Until the deadline of the scheduled roll, which is for the server to say. */
const DEADLINE = "";
const OFFERED = [NOW, "PT1H", "PT24H", "PT168H"];

/** The overlaps to offer: the usual one and shorter and longer ones, as far as they are allowed. */
export function overlaps(options: Options): string[] {
  const most = milliseconds(options.maxOverlap);
  return [...new Set([...OFFERED, options.defaultOverlap])]
    .filter((overlap) => milliseconds(overlap) <= most)
    .filter((overlap, index, all) => all.findIndex((one) => milliseconds(one) === milliseconds(overlap)) === index)
    .sort((one, other) => milliseconds(one) - milliseconds(other));
}

export function usualRoll(key: Key, options: Options): RollValues {
  const usual = overlaps(options).find((one) => milliseconds(one) === milliseconds(options.defaultOverlap));
  return {
    overlap: rollIsDue(key) ? DEADLINE : (usual ?? NOW),
    renew: key.state === "expired",
    expiry: usualExpiry(options),
  };
}

/** A new secret for a key: how long the old one goes on, and whether the key's life begins anew. */
export function RollDialog(props: {
  of: Key;
  options: Options;
  initial: RollValues;
  onRolled: (issued: IssuedKey) => void;
  onCancel: () => void;
}) {
  const { of: key, options, initial, onRolled, onCancel } = props;
  const [values, setValues] = useState(initial);
  const { busy, error, attempt } = useAttempt();
  const set = (change: Partial<RollValues>) => setValues((old) => ({ ...old, ...change }));
  const dead = key.state === "expired";
  const atOnce = values.overlap === NOW && !dead;
  const choices = [...(rollIsDue(key) ? [DEADLINE] : []), ...overlaps(options)];

  const roll = () =>
    attempt(
      async () =>
        onRolled(
          await api.roll(key, {
            ...(values.overlap === DEADLINE || dead ? {} : { overlap: values.overlap }),
            ...(values.renew ? { expiresAt: expiresAt(values.expiry, options) } : {}),
            ...(key.state === "rolling" ? { replacePending: true } : {}),
          }),
        ),
      { what: "roll", id: key.id, values },
    );

  return (
    <FormDialog
      id={FORM}
      title={t("accessKeyPage-rollTitle", key.name)}
      description={t("accessKeyPage-rollText")}
      action={t(atOnce ? "accessKeyPage-rollNow" : "accessKeyPage-roll")}
      isDanger={atOnce}
      isWhole={!values.renew || isWhole(values.expiry, options)}
      busy={busy}
      error={error}
      onSubmit={() => void roll()}
      onCancel={onCancel}
    >
      <p>
        {key.lastUsedAt ? (
          <>
            {t("accessKeyPage-oldLastUsed")} <Moment at={key.lastUsedAt} />
          </>
        ) : (
          t("accessKeyPage-oldNeverUsed")
        )}
      </p>
      {key.state === "rolling" && key.retiresAt && (
        <Alert isInline variant="warning" title={t("accessKeyPage-replacesRoll", absolute(key.retiresAt))} />
      )}
      {dead ? (
        <Alert isInline variant="info" title={t("accessKeyPage-oldStaysDead")} />
      ) : (
        <FormGroup role="radiogroup" label={t("accessKeyPage-oldGoesOn")} fieldId="access-keys-overlap" isStack>
          {choices.map((overlap) => (
            <Radio
              key={overlap}
              id={`access-keys-overlap-${overlap || "deadline"}`}
              name="access-keys-overlap"
              label={
                overlap === DEADLINE
                  ? t("accessKeyPage-untilDeadline")
                  : overlap === NOW
                    ? t("accessKeyPage-notAtAll")
                    : words(overlap)
              }
              description={
                overlap === DEADLINE
                  ? key.rollDeadline && t("accessKeyUntilTime", absolute(key.rollDeadline))
                  : overlap === NOW
                    ? undefined
                    : t("accessKeyUntilTime", absolute(now() + milliseconds(overlap)))
              }
              isChecked={values.overlap === overlap}
              onChange={() => set({ overlap })}
            />
          ))}
        </FormGroup>
      )}
      {atOnce && <Alert isInline variant="danger" title={t("accessKeyPage-atOnceRisk")} />}
      {!dead && (
        <Checkbox
          id="access-keys-renew"
          label={t("accessKeyPage-renew")}
          isChecked={values.renew}
          onChange={(_, renew) => set({ renew })}
        />
      )}
      {values.renew && <ExpiryField options={options} value={values.expiry} onChange={(expiry) => set({ expiry })} />}
    </FormDialog>
  );
}
