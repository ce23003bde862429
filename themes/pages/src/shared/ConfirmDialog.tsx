import { Button, Modal, ModalVariant } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { Failure } from "./Failure";
import { t } from "./messages";
import { useAttempt } from "./useAttempt";

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: {
  title: string;
  action: string;
  children: ReactNode;
  onConfirm: () => Promise<void>;
  onCancel: () => void;
}) {
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
          isDisabled={busy}
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
      {error !== undefined && <Failure error={error} />}
    </Modal>
  );
}
