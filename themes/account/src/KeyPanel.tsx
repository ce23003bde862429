import {
  Button,
  DescriptionList,
  DrawerActions,
  DrawerCloseButton,
  DrawerHead,
  DrawerPanelBody,
  DrawerPanelContent,
  Title,
} from "@patternfly/react-core";
import { useEffect, useRef, useState } from "react";
import { type Key, type Usage, api } from "./api";
import { Fact } from "./Fact";
import { t } from "./messages";
import { Moment } from "./Moment";
import { RestrictionList } from "./Restrictions";
import { StateBadge, endOf } from "./StateBadge";

export type KeyAction = "edit" | "roll" | "suspend" | "resume" | "revoke" | "remove";

const DEAD = ["revoked", "expired", "exposed"];

/** What can be done with a key in its state. */
export function actionsOf(key: Key): KeyAction[] {
  if (key.state === "revoked") {
    return ["remove"];
  }
  return [
    "roll",
    "edit",
    key.state === "suspended" ? "resume" : "suspend",
    "revoke",
    ...(DEAD.includes(key.state) ? (["remove"] as const) : []),
  ];
}

/** Everything about a key but its secret, and what can be done with it. */
export function KeyPanel(props: { of: Key; onAction: (action: KeyAction) => void; onClose: () => void }) {
  const { of: key, onAction, onClose } = props;
  const title = useRef<HTMLDivElement>(null);
  const end = endOf(key);
  useEffect(() => title.current?.focus(), [key.id]);
  return (
    <DrawerPanelContent minSize="22rem" data-testid="key-panel">
      <DrawerHead>
        <div ref={title} tabIndex={-1}>
          <Title headingLevel="h2" size="lg" className="access-keys-wrap">
            {key.name}
          </Title>
          <StateBadge of={key} />
        </div>
        <DrawerActions>
          <DrawerCloseButton aria-label={t("accessKeyPage-close")} onClick={onClose} />
        </DrawerActions>
      </DrawerHead>
      <DrawerPanelBody>
        <div className="access-keys-actions">
          {actionsOf(key).map((action) => (
            <Button
              key={action}
              size="sm"
              variant={action === "roll" ? "primary" : action === "revoke" ? "danger" : "secondary"}
              onClick={() => onAction(action)}
              data-action={action}
            >
              {t(`accessKeyPage-${action}`)}
            </Button>
          ))}
        </div>
        <DescriptionList isCompact>
          {key.description && <Fact term={t("accessKeyPage-description")}>{key.description}</Fact>}
          <Fact term={t("accessKeyPage-redacted")}>
            <code>{key.redacted}</code>
          </Fact>
          <Fact term={t("accessKeyPage-id")}>
            <code>{key.id}</code>
          </Fact>
          <Fact term={t("accessKeyPage-api")}>{key.client ?? t("accessKeyPage-apiGone")}</Fact>
          <Fact term={t("accessKeyPage-scopes")}>{key.scopes.join(", ")}</Fact>
          <Fact term={t("accessKeyPage-restrictions")}>
            <RestrictionList of={key} />
          </Fact>
          <Fact term={t("accessKeyPage-created")}>
            <Moment at={key.createdAt} />
          </Fact>
          {key.renewedAt && (
            <Fact term={t("accessKeyPage-renewed")}>
              <Moment at={key.renewedAt} />
            </Fact>
          )}
          {key.notBefore && (
            <Fact term={t("accessKeyPage-notBefore")}>
              <Moment at={key.notBefore} />
            </Fact>
          )}
          <Fact term={t("accessKeyLifetime")}>{end ? <Moment at={end} /> : t("accessKeyNever")}</Fact>
          {key.rollDueAt && (
            <Fact term={t("accessKeyPage-nextRoll")}>
              <Moment at={key.rollDueAt} />
            </Fact>
          )}
          {key.rollDeadline && (
            <Fact term={t("accessKeyPage-rollDeadline")}>
              <Moment at={key.rollDeadline} />
            </Fact>
          )}
          {key.revokedAt && (
            <Fact term={t("accessKeyPage-revokedAt")}>
              <Moment at={key.revokedAt} /> {key.revocationReason}
            </Fact>
          )}
          <Fact term={t("accessKeyPage-lastUsed")}>
            {key.lastUsedAt ? (
              <>
                <Moment at={key.lastUsedAt} />
                {key.lastUsedFrom && <> {t("accessKeyPage-from", key.lastUsedFrom)}</>}
              </>
            ) : (
              t("accessKeyPage-neverUsed")
            )}
          </Fact>
          <Fact term={t("accessKeyPage-uses")}>{key.useCount}</Fact>
        </DescriptionList>
        <Secrets of={key} />
      </DrawerPanelBody>
    </DrawerPanelContent>
  );
}

/** Which secrets the key has had, as far as it remembers. */
function Secrets({ of: key }: { of: Key }) {
  const [usage, setUsage] = useState<Usage>();
  useEffect(() => {
    let shown = true;
    api
      .usage(key.id)
      .then((found) => shown && setUsage(found))
      // The rest of the panel says enough.
      .catch(() => {});
    return () => {
      shown = false;
    };
  }, [key.id, key.version, key.lastUsedAt]);
  return (
    usage && (
      <>
        <Title headingLevel="h3" size="md" className="access-keys-gap-above">
          {t("accessKeyPage-history")}
        </Title>
        <ul className="access-keys-history">
          {usage.secrets.map((secret) => (
            <li key={secret.number}>
              <strong>{t("accessKeyPage-secretNumber", secret.number)}</strong>
              <span className="access-keys-second">
                {t("accessKeyPage-created")} <Moment at={secret.createdAt} />
              </span>
              <span className="access-keys-second">
                {secret.lastUsedAt ? (
                  <>
                    {t("accessKeyPage-lastUsed")} <Moment at={secret.lastUsedAt} />
                  </>
                ) : (
                  t("accessKeyPage-neverUsed")
                )}
              </span>
              {secret.retiresAt && (
                <span className="access-keys-second">
                  {t("accessKeyPage-retires")} <Moment at={secret.retiresAt} />
                </span>
              )}
            </li>
          ))}
        </ul>
      </>
    )
  );
}
