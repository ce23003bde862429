import { Alert, ExpandableSection } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { Failure } from "../shared/Failure";
import { Refused } from "../shared/http";
import { t } from "../shared/messages";
import { Moment } from "../shared/Moment";
import type { AdminApi, Health } from "./api";

/** What is wrong in the realm, whether jobs run, and whether addresses of clients can be believed. */
export function HealthSection({ api }: { api: AdminApi }) {
  const [health, setHealth] = useState<Health>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    let wanted = true;
    api
      .health()
      .then((found) => wanted && setHealth(found))
      .catch((problem) => {
        // Who may not see it does without.
        if (wanted && !(problem instanceof Refused && problem.status === 403)) {
          setFailure(problem);
        }
      });
    return () => {
      wanted = false;
    };
  }, [api]);
  if (!health) {
    return failure === undefined ? null : <Failure error={failure} />;
  }
  const { findings, jobs, proxy } = health;
  return (
    <>
      {findings.map(({ id, severity, where, what, next, since }) => (
        <Alert
          key={`${id} ${where} ${what}`}
          isInline
          variant={severity === "error" ? "danger" : "warning"}
          title={id === "untrusted_proxies" ? t("accessKeyAdmin-proxy") : where}
          className="access-keys-gap"
        >
          {what}. {next}.
          {since && (
            <span className="access-keys-second">
              <Moment at={since} />
            </span>
          )}
        </Alert>
      ))}
      <ExpandableSection toggleText={t("accessKeyAdmin-health")} className="access-keys-gap">
        <ul className="access-keys-history">
          <li>
            {proxy.clientAddress ? t("accessKeyAdmin-address", proxy.clientAddress) : t("accessKeyAdmin-noAddress")}
          </li>
          {jobs.map((job) => (
            <li key={job.name}>
              <strong>{job.name}</strong>
              <span className="access-keys-second">
                {job.lastStartedAt ? <Moment at={job.lastStartedAt} /> : t("accessKeyAdmin-neverRun")}
              </span>
              {job.failures > 0 && <span>{t("accessKeyAdmin-failures", job.failures)}</span>}
            </li>
          ))}
        </ul>
      </ExpandableSection>
    </>
  );
}
