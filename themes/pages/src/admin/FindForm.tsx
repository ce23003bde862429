import { Alert, Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import { Failure } from "../shared/Failure";
import { Refused } from "../shared/http";
import type { Key } from "../shared/key";
import { t } from "../shared/messages";
import { useAttempt } from "../shared/useAttempt";
import type { AdminApi } from "./api";
import { idIn } from "./paste";

/** Finds the key that somebody has pasted, perhaps a leaked one: nothing but its id is sent. */
export function FindForm({ api, onFound }: { api: AdminApi; onFound: (key: Key) => void }) {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const { busy, error, attempt } = useAttempt();
  const find = () => {
    const id = idIn(text);
    // It may be a secret: nobody needs it any more.
    setText("");
    setProblem(id ? undefined : t("accessKeyAdmin-noKey"));
    if (id) {
      void attempt(async () => {
        try {
          onFound(await api.get(id));
        } catch (refused) {
          if (!(refused instanceof Refused && refused.status === 404)) {
            throw refused;
          }
          setProblem(t("accessKeyAdmin-unknown"));
        }
      });
    }
  };
  return (
    <Form
      className="access-keys-gap"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        find();
      }}
    >
      <FormGroup label={t("accessKeyAdmin-find")} fieldId="access-keys-find">
        <div className="access-keys-secret">
          <TextInput
            id="access-keys-find"
            type="password"
            autoComplete="off"
            value={text}
            aria-describedby="access-keys-find-help"
            onChange={(_, typed) => setText(typed)}
          />
          <Button type="submit" variant="secondary" isDisabled={busy || !text.trim()}>
            {t("accessKeyAdmin-findIt")}
          </Button>
        </div>
        <FormHelperText>
          <HelperText id="access-keys-find-help">
            <HelperTextItem>{t("accessKeyAdmin-find-help")}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      {problem && <Alert isInline variant="info" title={problem} />}
      {error !== undefined && <Failure error={error} />}
    </Form>
  );
}
