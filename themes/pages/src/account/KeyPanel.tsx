import { Button } from "@patternfly/react-core";
import type { Key } from "../shared/key";
import { KeyDrawer } from "../shared/KeyDrawer";
import { KeyFacts, Secrets } from "../shared/KeyFacts";
import { t } from "../shared/messages";
import { api } from "./api";

export type KeyAction = "edit" | "roll" | "suspend" | "resume" | "revoke" | "remove";

const DEAD = ["revoked", "expired", "exposed"];

/** What can be done with a key in its state. */
export function actionsOf(key: Key): KeyAction[] {
  if (key.state === "revoked") {
    return ["remove"];
  }
  return [
    "roll",
    "edit",
    key.state === "suspended" ? "resume" : "suspend",
    "revoke",
    ...(DEAD.includes(key.state) ? (["remove"] as const) : []),
  ];
}

/** Everything about a key but its secret, and what can be done with it. */
export function KeyPanel(props: { of: Key; onAction: (action: KeyAction) => void; onClose: () => void }) {
  const { of: key, onAction, onClose } = props;
  return (
    <KeyDrawer of={key} onClose={onClose}>
      <div className="access-keys-actions">
        {actionsOf(key).map((action) => (
          <Button
            key={action}
            size="sm"
            variant={action === "roll" ? "primary" : action === "revoke" ? "danger" : "secondary"}
            onClick={() => onAction(action)}
            data-action={action}
          >
            {t(`accessKeyPage-${action}`)}
          </Button>
        ))}
      </div>
      <KeyFacts of={key} />
      <Secrets of={key} usage={api.usage} />
    </KeyDrawer>
  );
}
