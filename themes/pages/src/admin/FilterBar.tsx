import {
  Button,
  FormSelect,
  FormSelectOption,
  Label,
  SearchInput,
  TextInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from "@patternfly/react-core";
import { t } from "../shared/messages";
import { EVERYTHING, type Search } from "./search";

const STATES = ["active", "rolling", "pending", "suspended", "expired", "exposed", "revoked"];
const KINDS = ["personal-access-token", "api-key", "client-secret"];
/** What to look for. */
export function FilterBar({ search, onChange }: { search: Search; onChange: (search: Search) => void }) {
  const text = (field: "q" | "owner" | "client") => ({
    value: search[field],
    "aria-label": t(`accessKeyAdmin-by-${field}`),
    placeholder: t(`accessKeyAdmin-by-${field}`),
    onChange: (_: unknown, typed: string) => onChange({ ...search, [field]: typed }),
  });
  const choice = (field: "state" | "kind", values: string[]) => (
    <FormSelect
      aria-label={t(`accessKeyAdmin-by-${field}`)}
      value={search[field]}
      onChange={(_, value) => onChange({ ...search, [field]: value })}
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
        {search.question && (
          <ToolbarItem>
            <Label
              color="blue"
              closeBtnAriaLabel={t("accessKeyPage-close")}
              onClose={() => onChange({ ...search, question: undefined })}
            >
              {t(search.question)}
            </Label>
          </ToolbarItem>
        )}
        <ToolbarItem>
          <SearchInput {...text("q")} onClear={() => onChange({ ...search, q: "" })} />
        </ToolbarItem>
        <ToolbarItem>
          <TextInput {...text("owner")} type="text" />
        </ToolbarItem>
        <ToolbarItem>
          <TextInput {...text("client")} type="text" />
        </ToolbarItem>
        <ToolbarItem>{choice("state", STATES)}</ToolbarItem>
        <ToolbarItem>{choice("kind", KINDS)}</ToolbarItem>
        <ToolbarItem>
          <Button variant="link" onClick={() => onChange(EVERYTHING)}>
            {t("accessKeyAdmin-everything")}
          </Button>
        </ToolbarItem>
      </ToolbarContent>
    </Toolbar>
  );
}
