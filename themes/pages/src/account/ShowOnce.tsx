import { Alert, Button, Modal, ModalVariant, TextInput } from "@patternfly/react-core";
import CheckIcon from "@patternfly/react-icons/dist/esm/icons/check-icon";
import CopyIcon from "@patternfly/react-icons/dist/esm/icons/copy-icon";
import { useRef, useState } from "react";
import type { IssuedKey } from "./api";
import { t } from "../shared/messages";
import { absolute } from "../shared/time";

async function copy(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    // Over plain HTTP a browser has no clipboard for pages.
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

function download(name: string, type: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A name that every system takes for a file. */
function fileName(key: IssuedKey): string {
  return key.name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+|-+$/g, "") || key.id;
}

/** A line of a comment, so no line breaks. */
const line = (text: string) => `# ${text.replace(/\s+/g, " ")}\n`;

export function asEnv(key: IssuedKey): string {
  return (
    line(`${key.name} (${key.id})`) +
    (key.expiresAt ? line(`${t("accessKeyLifetime")}: ${absolute(key.expiresAt)}`) : "") +
    `ACCESS_KEY=${key.secret}\n`
  );
}

export function asJson(key: IssuedKey): string {
  const { id, name, kind, client, scopes, expiresAt, secret } = key;
  return `${JSON.stringify({ id, name, kind, client, scopes, expiresAt, secret }, null, 2)}\n`;
}

/**
 * A new secret, the one time it is shown. Nothing closes it but its button; whoever renders it
 * drops the key then, and with it the secret.
 */
export function ShowOnce({ issued, onClose }: { issued: IssuedKey; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  return (
    <Modal
      variant={ModalVariant.medium}
      title={t(`accessKeyPage-new-${issued.kind}`)}
      isOpen
      showClose={false}
      onEscapePress={() => {}}
      actions={[
        <Button key="done" onClick={onClose}>
          {t("accessKeyDone")}
        </Button>,
        <Button
          key="env"
          variant="secondary"
          onClick={() => download(`${fileName(issued)}.env`, "text/plain", asEnv(issued))}
        >
          {t("accessKeyPage-downloadEnv")}
        </Button>,
        <Button
          key="json"
          variant="secondary"
          onClick={() => download(`${fileName(issued)}.json`, "application/json", asJson(issued))}
        >
          {t("accessKeyPage-downloadJson")}
        </Button>,
      ]}
    >
      <Alert isInline variant="warning" title={t("accessKeyCreatedText")} className="access-keys-gap" />
      <div className="access-keys-secret">
        <TextInput
          ref={field}
          readOnlyVariant="default"
          aria-label={t("accessKeyPage-secretOf", issued.name)}
          value={issued.secret}
          onFocus={() => field.current?.select()}
          autoComplete="off"
          spellCheck={false}
          data-testid="secret"
        />
        <Button
          variant="primary"
          icon={copied ? <CheckIcon /> : <CopyIcon />}
          onClick={async () => setCopied(field.current !== null && (await copy(field.current)))}
        >
          {t(copied ? "accessKeyPage-copied" : "accessKeyPage-copy")}
        </Button>
      </div>
      <p role="status" className="access-keys-second">
        {copied && t("accessKeyPage-copiedToClipboard")}
      </p>
      {issued.retiresAt && <p>{t("accessKeyPage-oldWorksUntil", absolute(issued.retiresAt))}</p>}
      {issued.expiresAt && <p>{t("accessKeyPage-expiresOn", absolute(issued.expiresAt))}</p>}
    </Modal>
  );
}
