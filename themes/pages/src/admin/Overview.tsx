import { Button, Title } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { now } from "../shared/http";
import { t } from "../shared/messages";
import type { AdminApi, Filter } from "./api";

const DAY_MS = 24 * 60 * 60 * 1000;

/** To whole days, so that a list and its count ask the same. */
const daysFromNow = (days: number) => new Date(Math.floor(now() / DAY_MS + days) * DAY_MS).toISOString();

/** What deserves a look, by the message that names it. */
export function questions(): [string, Filter][] {
  return [
    ["accessKeyAdmin-exposed", { state: "exposed" }],
    ["accessKeyAdmin-unrestricted", { state: "active", restricted: "false" }],
    ["accessKeyAdmin-idle", { state: "active", unusedSince: daysFromNow(-90) }],
    ["accessKeyAdmin-expiring", { state: "active", expiringBefore: daysFromNow(8) }],
    ["accessKeyAdmin-beyondPolicy", { beyondPolicy: "true" }],
    ["accessKeyAdmin-rolling", { state: "rolling" }],
    ["accessKeyAdmin-suspended", { state: "suspended" }],
  ];
}

/** How many keys there are of each sort that deserves a look; a click lists them. */
export function Overview(props: { api: AdminApi; version: number; onChoose: (filter: Filter) => void }) {
  const { api, version, onChoose } = props;
  const [counts, setCounts] = useState<(number | undefined)[]>([]);
  useEffect(() => {
    let wanted = true;
    // Whatever cannot be counted has no number; the list below says why.
    void Promise.all(questions().map(([, filter]) => api.count(filter).catch(() => undefined))).then(
      (found) => wanted && setCounts(found),
    );
    return () => {
      wanted = false;
    };
  }, [api, version]);
  return (
    <>
      <Title headingLevel="h2" size="lg" className="access-keys-gap">
        {t("accessKeyAdmin-overview")}
      </Title>
      <ul className="access-keys-overview access-keys-gap" data-testid="overview">
        {questions().map(([name, filter], index) => (
          <li key={name}>
            <Button variant="tertiary" onClick={() => onChoose(filter)}>
              <span className="access-keys-number">{counts[index] ?? "–"}</span>
              {t(name)}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
