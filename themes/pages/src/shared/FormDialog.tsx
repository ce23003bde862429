import { Button, Form, Modal, type ModalProps, ModalVariant } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { Failure } from "./Failure";
import { t } from "./messages";

/** A form over the page. Its button sends it, as Enter does, once it is whole; it shows what went wrong. */
export function FormDialog(props: {
  id: string;
  variant?: ModalProps["variant"];
  title: string;
  description?: string;
  /** What stands above the form. */
  header?: ReactNode;
  /** The words on the button, and whether they warn. */
  action: string;
  isDanger?: boolean;
  /** A button between the two that every such dialog has. */
  between?: ReactNode;
  isWhole: boolean;
  busy: boolean;
  error: unknown;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}) {
  const ready = props.isWhole && !props.busy;
  return (
    <Modal
      variant={props.variant ?? ModalVariant.medium}
      title={props.title}
      description={props.description}
      isOpen
      onClose={props.onCancel}
      actions={[
        <Button
          key="submit"
          type="submit"
          form={props.id}
          variant={props.isDanger ? "danger" : "primary"}
          isDisabled={!ready}
          isLoading={props.busy}
        >
          {props.action}
        </Button>,
        props.between,
        <Button key="cancel" variant="link" onClick={props.onCancel}>
          {t("accessKeyPage-cancel")}
        </Button>,
      ]}
    >
      {props.header}
      <Form
        id={props.id}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) {
            props.onSubmit();
          }
        }}
      >
        {props.children}
      </Form>
      {props.error !== undefined && <Failure error={props.error} />}
    </Modal>
  );
}
