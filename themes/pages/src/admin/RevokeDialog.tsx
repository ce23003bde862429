import { FormGroup, ModalVariant, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import { FormDialog } from "../shared/FormDialog";
import type { Key } from "../shared/key";
import { t } from "../shared/messages";
import { useAttempt } from "../shared/useAttempt";

/** Asks for the reason before a key is revoked, which nobody can undo. */
export function RevokeDialog(props: {
  of: Key;
  onRevoke: (reason: string) => Promise<void>;
  onCancel: () => void;
}) {
  const [reason, setReason] = useState("");
  const { busy, error, attempt } = useAttempt();
  return (
    <FormDialog
      id="access-keys-revoke"
      variant={ModalVariant.small}
      title={t("accessKeyAdmin-revokeTitle", props.of.name)}
      description={t("accessKeyAdmin-revokeText")}
      action={t("accessKeyPage-revoke")}
      isDanger
      isWhole
      busy={busy}
      error={error}
      onSubmit={() => attempt(() => props.onRevoke(reason.trim()))}
      onCancel={props.onCancel}
    >
      <ReasonField value={reason} onChange={setReason} />
    </FormDialog>
  );
}

/** Why; the owner reads it. */
export function ReasonField({ value, onChange }: { value: string; onChange: (reason: string) => void }) {
  return (
    <FormGroup label={t("accessKeyAdmin-reason")} fieldId="access-keys-reason">
      <TextInput id="access-keys-reason" maxLength={255} value={value} onChange={(_, typed) => onChange(typed)} />
    </FormGroup>
  );
}
