import { Label, type LabelProps } from "@patternfly/react-core";
import CheckCircleIcon from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import ClockIcon from "@patternfly/react-icons/dist/esm/icons/clock-icon";
import ExclamationTriangleIcon from "@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon";
import BanIcon from "@patternfly/react-icons/dist/esm/icons/ban-icon";
import PauseCircleIcon from "@patternfly/react-icons/dist/esm/icons/pause-circle-icon";
import SyncAltIcon from "@patternfly/react-icons/dist/esm/icons/sync-alt-icon";
import type { ReactNode } from "react";
import { now } from "./http";
import type { Key } from "./key";
import { t } from "./messages";
import { relative } from "./time";

const SOON_MS = 7 * 24 * 60 * 60 * 1000;

type Look = { word: string; color: LabelProps["color"]; icon: ReactNode };

/** When a key ends, by its own expiry or by policy, whichever is sooner. */
export function endOf(key: Key): string | undefined {
  return key.endsAt ?? key.expiresAt;
}

export function expiresSoon(key: Key): boolean {
  const end = endOf(key);
  return end !== undefined && new Date(end).getTime() - now() <= SOON_MS;
}

/** Whether a scheduled roll waits for its owner to fetch the new secret. */
export function rollIsDue(key: Key): boolean {
  return (
    key.rollDueAt !== undefined &&
    new Date(key.rollDueAt).getTime() <= now() &&
    !["revoked", "suspended", "exposed"].includes(key.state)
  );
}

function look(key: Key): Look {
  switch (key.state) {
    case "active":
      return expiresSoon(key)
        ? { word: t("accessKeyState-expiring"), color: "orange", icon: <ClockIcon /> }
        : { word: t("accessKeyState-active"), color: "green", icon: <CheckCircleIcon /> };
    case "pending":
      return { word: t("accessKeyState-pending"), color: "cyan", icon: <ClockIcon /> };
    case "rolling":
      return { word: t("accessKeyState-rolling"), color: "blue", icon: <SyncAltIcon /> };
    case "suspended":
      return { word: t("accessKeyState-suspended"), color: "gold", icon: <PauseCircleIcon /> };
    case "expired":
      return { word: t("accessKeyState-expired"), color: "grey", icon: <ClockIcon /> };
    case "exposed":
      return { word: t("accessKeyState-exposed"), color: "red", icon: <ExclamationTriangleIcon /> };
    case "revoked":
      return { word: t("accessKeyState-revoked"), color: "red", icon: <BanIcon /> };
  }
}

/** The state in a colour and a word, and what is under way. */
export function StateBadge({ of: key }: { of: Key }) {
  const { word, color, icon } = look(key);
  return (
    <>
      <Label color={color} icon={icon} isCompact data-state={key.state}>
        {word}
      </Label>
      {key.state === "rolling" && key.retiresAt && (
        <span className="access-keys-second" data-testid="countdown">
          {t("accessKeyPage-oldEnds", relative(key.retiresAt, now()))}
        </span>
      )}
      {rollIsDue(key) && <span className="access-keys-second">{t("accessKeyPage-rollDue")}</span>}
    </>
  );
}
