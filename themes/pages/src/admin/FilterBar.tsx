import {
  Button,
  FormSelect,
  FormSelectOption,
  SearchInput,
  TextInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { t } from "../shared/messages";
import type { AdminApi, Filter } from "./api";

const STATES = ["active", "rolling", "pending", "suspended", "expired", "exposed", "revoked"];
const KINDS = ["personal-access-token", "api-key", "client-secret"];
const PAUSE_MS = 400;

type Typed = { q: string; client: string; owner: string };

const NOTHING: Typed = { q: "", client: "", owner: "" };

/** What to look for. Text counts when somebody stops typing. */
export function FilterBar(props: { api: AdminApi; filter: Filter; onChange: (filter: Filter) => void }) {
  const { api, filter, onChange } = props;
  const [typed, setTyped] = useState(NOTHING);
  const [asked, setAsked] = useState(NOTHING);

  useEffect(() => {
    if (typed === asked) {
      return;
    }
    const timer = setTimeout(() => {
      setAsked(typed);
      void (typed.owner ? api.userId(typed.owner.trim()) : Promise.resolve("")).then((owner) =>
        onChange({ ...filter, q: typed.q, client: typed.client.trim(), owner }),
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [api, typed, asked, filter, onChange]);

  const text = (field: keyof Typed) => ({
    value: typed[field],
    "aria-label": t(`accessKeyAdmin-by-${field}`),
    placeholder: t(`accessKeyAdmin-by-${field}`),
  });
  const choice = (field: "state" | "kind", values: string[]) => (
    <FormSelect
      aria-label={t(`accessKeyAdmin-by-${field}`)}
      value={filter[field] ?? ""}
      onChange={(_, value) => onChange({ ...filter, [field]: value })}
    >
      <FormSelectOption value="" label={t(`accessKeyAdmin-every-${field}`)} />
      {values.map((value) => (
        <FormSelectOption
          key={value}
          value={value}
          label={t(field === "state" ? `accessKeyState-${value}` : `accessKeyKind-${value}`)}
        />
      ))}
    </FormSelect>
  );
  return (
    <Toolbar inset={{ default: "insetNone" }}>
      <ToolbarContent>
        <ToolbarItem>
          <SearchInput
            {...text("q")}
            onChange={(_, q) => setTyped({ ...typed, q })}
            onClear={() => setTyped({ ...typed, q: "" })}
          />
        </ToolbarItem>
        <ToolbarItem>
          <TextInput {...text("owner")} type="text" onChange={(_, owner) => setTyped({ ...typed, owner })} />
        </ToolbarItem>
        <ToolbarItem>
          <TextInput {...text("client")} type="text" onChange={(_, client) => setTyped({ ...typed, client })} />
        </ToolbarItem>
        <ToolbarItem>{choice("state", STATES)}</ToolbarItem>
        <ToolbarItem>{choice("kind", KINDS)}</ToolbarItem>
        <ToolbarItem>
          <Button
            variant="link"
            onClick={() => {
              setTyped(NOTHING);
              setAsked(NOTHING);
              onChange({});
            }}
          >
            {t("accessKeyAdmin-everything")}
          </Button>
        </ToolbarItem>
      </ToolbarContent>
    </Toolbar>
  );
}
