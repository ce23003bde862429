import { Button, Form, FormGroup, Modal, ModalVariant, TextInput } from "@patternfly/react-core";
import { type ReactNode, useState } from "react";
import { Failure } from "./Failure";
import { t } from "./messages";
import { useAttempt } from "./useAttempt";

/**
 * Asks before something that cannot be undone; with a word to type where somebody would be hit.
 */
export function ConfirmDialog(props: {
  title: string;
  action: string;
  word?: string;
  children: ReactNode;
  onConfirm: () => Promise<void>;
  onCancel: () => void;
}) {
  const [typed, setTyped] = useState("");
  const { busy, error, attempt } = useAttempt();
  return (
    <Modal
      variant={ModalVariant.small}
      title={props.title}
      titleIconVariant="warning"
      isOpen
      onClose={props.onCancel}
      actions={[
        <Button
          key="confirm"
          variant="danger"
          isDisabled={busy || (props.word !== undefined && typed.trim() !== props.word)}
          isLoading={busy}
          onClick={() => attempt(props.onConfirm)}
        >
          {props.action}
        </Button>,
        <Button key="cancel" variant="link" onClick={props.onCancel}>
          {t("accessKeyPage-cancel")}
        </Button>,
      ]}
    >
      {props.children}
      {props.word !== undefined && (
        <Form className="access-keys-gap-above" onSubmit={(event) => event.preventDefault()}>
          <FormGroup label={t("accessKeyPage-typeName", props.word)} fieldId="access-keys-word">
            <TextInput id="access-keys-word" value={typed} onChange={(_, text) => setTyped(text)} />
          </FormGroup>
        </Form>
      )}
      {error !== undefined && <Failure error={error} />}
    </Modal>
  );
}
