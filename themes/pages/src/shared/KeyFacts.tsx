import { DescriptionList, Title } from "@patternfly/react-core";
import { type ReactNode, useEffect, useState } from "react";
import { Fact } from "./Fact";
import type { Key, Usage } from "./key";
import { t } from "./messages";
import { Moment } from "./Moment";
import { RestrictionList } from "./Restrictions";
import { endOf } from "./StateBadge";

/** Everything about a key but its secret; what else there is to say of it comes first. */
export function KeyFacts(props: { of: Key; children?: ReactNode }) {
  const key = props.of;
  const end = endOf(key);
  return (
    <DescriptionList isCompact>
      {props.children}
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
  );
}

/** Which secrets the key has had, as far as it remembers. */
export function Secrets({ of: key, usage: ask }: { of: Key; usage: (id: string) => Promise<Usage> }) {
  const [usage, setUsage] = useState<Usage>();
  useEffect(() => {
    let shown = true;
    ask(key.id)
      .then((found) => shown && setUsage(found))
      // The rest of the panel says enough.
      .catch(() => {});
    return () => {
      shown = false;
    };
  }, [ask, key.id, key.version, key.lastUsedAt]);
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
