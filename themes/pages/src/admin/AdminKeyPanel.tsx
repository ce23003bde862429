import { Alert, Button, Form, FormGroup, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import { Fact } from "../shared/Fact";
import { Failure } from "../shared/Failure";
import type { Key } from "../shared/key";
import { KeyDrawer } from "../shared/KeyDrawer";
import { KeyFacts, Secrets } from "../shared/KeyFacts";
import { t } from "../shared/messages";
import { useAttempt } from "../shared/useAttempt";
import type { AdminApi, Explanation } from "./api";
import { Owner } from "./Owner";
import { RevokeDialog } from "./RevokeDialog";

/** Everything about a key but its secret, and what an administrator can do with it. */
export function AdminKeyPanel(props: {
  api: AdminApi;
  realm: string;
  of: Key;
  onChanged: () => Promise<void>;
  onClose: () => void;
}) {
  const { api, realm, of: key, onChanged, onClose } = props;
  const [isRevoking, setRevoking] = useState(false);
  const { busy, error, attempt } = useAttempt();
  const isSuspended = key.state === "suspended";
  return (
    <KeyDrawer of={key} onClose={onClose}>
      {key.state !== "revoked" && (
        <div className="access-keys-actions">
          <Button size="sm" variant="danger" onClick={() => setRevoking(true)}>
            {t("accessKeyPage-revoke")}
          </Button>
          <Button
            size="sm"
            variant="secondary"
            isDisabled={busy}
            onClick={() =>
              attempt(async () => {
                await api[isSuspended ? "resume" : "suspend"](key.id);
                await onChanged();
              })
            }
          >
            {t(isSuspended ? "accessKeyPage-resume" : "accessKeyPage-suspend")}
          </Button>
        </div>
      )}
      {error !== undefined && <Failure error={error} />}
      <KeyFacts of={key}>
        <Fact term={t("accessKeyAdmin-owner")}>
          <Owner api={api} realm={realm} of={key} />
        </Fact>
        <Fact term={t("accessKeyAdmin-kind")}>{t(`accessKeyKind-${key.kind}`)}</Fact>
      </KeyFacts>
      <Explain key={key.id + key.state} api={api} of={key} />
      <Secrets of={key} usage={api.usage} />
      {isRevoking && (
        <RevokeDialog
          of={key}
          onRevoke={async (reason) => {
            await api.revoke(key.id, reason);
            setRevoking(false);
            await onChanged();
          }}
          onCancel={() => setRevoking(false)}
        />
      )}
    </KeyDrawer>
  );
}

/** Whether a request with the key would pass now, and if not, why. */
function Explain({ api, of: key }: { api: AdminApi; of: Key }) {
  const [address, setAddress] = useState("");
  const [found, setFound] = useState<Explanation>();
  const { busy, error, attempt } = useAttempt();
  return (
    <Form
      className="access-keys-gap-above"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(async () => setFound(await api.explain(key.id, address.trim())));
      }}
    >
      <FormGroup label={t("accessKeyAdmin-explainFrom")} fieldId="access-keys-explain">
        <TextInput
          id="access-keys-explain"
          value={address}
          placeholder="203.0.113.7"
          onChange={(_, typed) => setAddress(typed)}
        />
      </FormGroup>
      <div>
        <Button type="submit" variant="secondary" size="sm" isDisabled={busy}>
          {t("accessKeyAdmin-explain")}
        </Button>
      </div>
      {error !== undefined && <Failure error={error} />}
      {found && (
        <Alert
          isInline
          variant={found.allowed ? "success" : "warning"}
          title={t(found.allowed ? "accessKeyAdmin-allowed" : "accessKeyAdmin-refused")}
          data-testid="explanation"
        >
          {[found.reason, found.rule, found.restriction, found.restrictionReason].filter(Boolean).join(": ")}
        </Alert>
      )}
    </Form>
  );
}
