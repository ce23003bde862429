import { Checkbox, FormGroup, FormSelect, FormSelectOption } from "@patternfly/react-core";
import type { Scope, UnavailableScope } from "./api";
import { t } from "../shared/messages";

const LEVELS = ["read", "write"];

type Group = { resource: string; scopes: Scope[]; levelled: boolean };

function action(scope: Scope): string {
  return scope.name.slice(scope.name.lastIndexOf(":") + 1);
}

/** By the resource that their names begin with. */
export function grouped(scopes: Scope[]): Group[] {
  const groups = new Map<string, Scope[]>();
  for (const scope of scopes) {
    const colon = scope.name.lastIndexOf(":");
    const resource = colon > 0 ? scope.name.slice(0, colon) : "";
    groups.set(resource, [...(groups.get(resource) ?? []), scope]);
  }
  return [...groups].map(([resource, own]) => ({
    resource,
    scopes: own,
    levelled: resource !== "" && own.length > 1 && own.every((scope) => LEVELS.includes(action(scope))),
  }));
}

/** What a key may do: a level for each resource that has reading and writing, a box for all else. */
export function ScopeFields(props: {
  scopes: Scope[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const { scopes, chosen, onChange } = props;
  const set = (names: string[], off: Scope[]) =>
    onChange([...chosen.filter((name) => !off.some((scope) => scope.name === name)), ...names]);
  if (scopes.length === 0) {
    return <p>{t("accessKeyNoScopes")}</p>;
  }
  return (
    <>
      {grouped(scopes).map((group) =>
        group.levelled ? (
          <Level key={group.resource} group={group} chosen={chosen} onChange={set} />
        ) : (
          <FormGroup key={group.resource} role="group" label={group.resource || t("accessKeyPage-scopes")} fieldId="">
            {group.scopes.map((scope) => (
              <Checkbox
                key={scope.name}
                id={`access-keys-scope-${scope.name}`}
                label={scope.name}
                description={scope.description}
                isChecked={chosen.includes(scope.name)}
                onChange={(_, on) => set(on ? [scope.name] : [], [scope])}
              />
            ))}
          </FormGroup>
        ),
      )}
    </>
  );
}

/** What the owner may not give to a key, and which role is missing. */
export function UnavailableScopes({ scopes }: { scopes: UnavailableScope[] }) {
  const why = ({ roles }: UnavailableScope) =>
    roles.length === 0
      ? t("accessKeyScope-noRole")
      : t(roles.length === 1 ? "accessKeyScope-role" : "accessKeyScope-roles", roles.join(", "));
  return scopes.length === 0 ? null : (
    <>
      <p className="access-keys-gap">{t("accessKeyPage-unavailable")}</p>
      <ul className="access-keys-history">
        {scopes.map((scope) => (
          <li key={scope.name}>
            <strong>{scope.name}</strong>
            <span className="access-keys-second">{why(scope)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Level(props: {
  group: Group;
  chosen: string[];
  onChange: (names: string[], off: Scope[]) => void;
}) {
  const { group, chosen, onChange } = props;
  const names = (...levels: string[]) =>
    group.scopes.filter((scope) => levels.includes(action(scope))).map((scope) => scope.name);
  const value = LEVELS.filter((level) => names(level).some((name) => chosen.includes(name))).join("+");
  const choices = [
    { value: "", label: t("accessKeyPage-level-none"), scopes: [] as string[] },
    { value: "read", label: t("accessKeyPage-level-read"), scopes: names("read") },
    { value: "read+write", label: t("accessKeyPage-level-write"), scopes: names(...LEVELS) },
    // Only where a key has it already: nobody is offered writing without reading.
    ...(value === "write"
      ? [{ value: "write", label: t("accessKeyPage-level-writeOnly"), scopes: names("write") }]
      : []),
  ];
  const id = `access-keys-level-${group.resource}`;
  return (
    <FormGroup label={group.resource} fieldId={id}>
      <FormSelect
        id={id}
        value={value}
        onChange={(_, chosenValue) =>
          onChange(choices.find((choice) => choice.value === chosenValue)?.scopes ?? [], group.scopes)
        }
      >
        {choices.map((choice) => (
          <FormSelectOption key={choice.value} value={choice.value} label={choice.label} />
        ))}
      </FormSelect>
      <p className="access-keys-second">
        {group.scopes
          .filter((scope) => chosen.includes(scope.name))
          .map((scope) => scope.description ?? scope.name)
          .join(" · ")}
      </p>
    </FormGroup>
  );
}
