import { useState } from "react";
import { type Options, api } from "./api";
import type { Key, RestrictionType } from "../shared/key";
import { FormDialog } from "../shared/FormDialog";
import { isName, type Label, LabelFields } from "./LabelFields";
import { t } from "../shared/messages";
import { RestrictionFields, type RestrictionTexts, restrictionsOf, textsOf } from "../shared/Restrictions";
import { ScopeFields } from "./Scopes";
import { useAttempt } from "../shared/useAttempt";

export type EditValues = Label & { scopes: string[]; restrictions: RestrictionTexts };

export function valuesOf(key: Key): EditValues {
  return {
    name: key.name,
    description: key.description ?? "",
    scopes: key.scopes,
    restrictions: textsOf(key.restrictions),
  };
}

const FORM = "access-keys-edit";

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Changes what is written on a key, and what it is good for. Only what was changed is sent. */
export function EditDialog(props: {
  of: Key;
  options: Options;
  types: RestrictionType[];
  initial: EditValues;
  onEdited: (key: Key) => void;
  onCancel: () => void;
}) {
  const { of: key, options, types, initial, onEdited, onCancel } = props;
  const [values, setValues] = useState(initial);
  const { busy, error, attempt } = useAttempt();
  const set = (change: Partial<EditValues>) => setValues((old) => ({ ...old, ...change }));
  const scopes = options.apis.find(({ client }) => client === key.client)?.scopes ?? [];
  const restrictions = restrictionsOf(values.restrictions, key.restrictions);

  const save = () =>
    attempt(
      async () =>
        onEdited(
          await api.edit(key, {
            ...(values.name === key.name ? {} : { name: values.name.trim() }),
            ...(values.description === (key.description ?? "")
              ? {}
              : { description: values.description.trim() || null }),
            ...(same([...values.scopes].sort(), [...key.scopes].sort()) ? {} : { scopes: values.scopes }),
            ...(same(values.restrictions, textsOf(key.restrictions)) ? {} : { restrictions }),
          }),
        ),
      { what: "edit", id: key.id, values },
    );

  return (
    <FormDialog
      id={FORM}
      title={t("accessKeyPage-editTitle", key.name)}
      action={t("accessKeyPage-save")}
      isWhole={isName(values.name) && values.scopes.length > 0}
      busy={busy}
      error={error}
      onSubmit={() => void save()}
      onCancel={onCancel}
    >
      <LabelFields value={values} onChange={set} />
      {!key.classic && (
        <ScopeFields scopes={scopes} chosen={values.scopes} onChange={(chosen) => set({ scopes: chosen })} />
      )}
      <RestrictionFields
        types={types}
        required={options.requiredRestrictions}
        address={options.address}
        texts={values.restrictions}
        onChange={(texts) => set({ restrictions: texts })}
      />
    </FormDialog>
  );
}
