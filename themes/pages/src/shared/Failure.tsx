import { Alert, AlertActionLink } from "@patternfly/react-core";
import { FreshLoginNeeded, Refused } from "./http";
import { has, t } from "./messages";
import { SignedOut } from "./token";

/** Where the page has a text of its own for what the server says of a field. */
function explanation(problem: Refused): string {
  const own = `accessKeyInvalid-${problem.field === "expiresAt" ? "lifetime" : (problem.field ?? "")}`;
  return problem.field && has(own) ? t(own) : problem.message;
}

/** What went wrong, and what to do about it. */
export function Failure({ error }: { error: unknown }) {
  if (error instanceof SignedOut || error instanceof FreshLoginNeeded) {
    return (
      <Alert
        isInline
        variant="warning"
        title={t("accessKeyPage-signedOut")}
        actionLinks={
          <AlertActionLink onClick={() => location.reload()}>{t("accessKeyPage-signIn")}</AlertActionLink>
        }
      />
    );
  }
  if (error instanceof Refused && error.status === 409) {
    return (
      <Alert isInline variant="warning" title={t("accessKeyPage-conflict")}>
        {error.message}
      </Alert>
    );
  }
  return (
    <Alert isInline variant="danger" title={t("accessKeyPage-failed")}>
      {error instanceof Refused ? explanation(error) : t("accessKeyPage-unreachable")}
    </Alert>
  );
}
