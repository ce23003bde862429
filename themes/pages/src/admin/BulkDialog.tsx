import { Alert, FormGroup, ModalVariant, Spinner, TextInput } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { FormDialog } from "../shared/FormDialog";
import { t } from "../shared/messages";
import { useAttempt } from "../shared/useAttempt";
import type { AdminApi, Filter } from "./api";
import { ReasonField } from "./RevokeDialog";

/** Revokes all that a search finds: first says how many they are, and wants that number typed. */
export function BulkDialog(props: {
  api: AdminApi;
  filter: Filter;
  onDone: (count: number) => void;
  onCancel: () => void;
}) {
  const { api, filter, onDone, onCancel } = props;
  const [count, setCount] = useState<number>();
  const [typed, setTyped] = useState("");
  const [reason, setReason] = useState("");
  const { busy, error, attempt } = useAttempt();
  useEffect(() => {
    void attempt(async () => setCount(await api.revocable(filter)));
  }, [api, filter, attempt]);
  return (
    <FormDialog
      id="access-keys-bulk"
      variant={ModalVariant.small}
      title={t("accessKeyAdmin-revokeAll")}
      action={t("accessKeyPage-revoke")}
      isDanger
      isWhole={Boolean(count) && typed.trim() === String(count)}
      busy={busy}
      error={error}
      onSubmit={() =>
        attempt(async () => {
          if (count) {
            await api.revokeAll(filter, count, reason.trim());
            onDone(count);
          }
        })
      }
      onCancel={onCancel}
    >
      {count === undefined && error === undefined && <Spinner aria-label={t("accessKeyPage-loading")} />}
      {count !== undefined && (
        <>
          <Alert isInline variant="warning" title={t("accessKeyAdmin-dryRun", count)}>
            {t("accessKeyAdmin-revokeText")}
          </Alert>
          <FormGroup label={t("accessKeyAdmin-typeCount", count)} fieldId="access-keys-count">
            <TextInput id="access-keys-count" inputMode="numeric" value={typed} onChange={(_, text) => setTyped(text)} />
          </FormGroup>
          <ReasonField value={reason} onChange={setReason} />
        </>
      )}
    </FormDialog>
  );
}
