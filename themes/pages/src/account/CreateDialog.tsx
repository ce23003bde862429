import {
  Button,
  DescriptionList,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
} from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { type IssuedKey, type Options, api } from "./api";
import type { RestrictionType } from "../shared/key";
import { type Expiry, ExpiryField, ExpiryInWords, expiresAt, isWhole, usualExpiry } from "./Expiry";
import { Fact } from "../shared/Fact";
import { FormDialog } from "../shared/FormDialog";
import { isName, type Label, LabelFields } from "./LabelFields";
import { t } from "../shared/messages";
import { RestrictionFields, RestrictionList, type RestrictionTexts, restrictionsOf } from "../shared/Restrictions";
import { ScopeFields, UnavailableScopes } from "./Scopes";
import { useAttempt } from "../shared/useAttempt";

export type NewKeyValues = Label & {
  expiry: Expiry;
  client: string;
  scopes: string[];
  restrictions: RestrictionTexts;
  application?: string;
  step: number;
};

const STEPS = ["name", "expiry", "api", "scopes", "restrictions", "review"] as const;

const FORM = "access-keys-create";

export function emptyValues(options: Options, application?: string): NewKeyValues {
  return {
    name: "",
    description: "",
    expiry: usualExpiry(options),
    client: options.apis[0]?.client ?? "",
    scopes: [],
    restrictions: {},
    application,
    step: 0,
  };
}

/** A key in six small steps, of which nothing is sent before the last. */
export function CreateDialog(props: {
  options: Options;
  types: RestrictionType[];
  initial: NewKeyValues;
  onCreated: (issued: IssuedKey) => void;
  onCancel: () => void;
}) {
  const { options, types, initial, onCreated, onCancel } = props;
  const [values, setValues] = useState(initial);
  const { busy, error, attempt } = useAttempt();
  const set = (change: Partial<NewKeyValues>) => setValues((old) => ({ ...old, ...change }));
  const step = STEPS[values.step] ?? "review";
  const chosenApi = options.apis.find(({ client }) => client === values.client);

  // A keyboard goes on in the step, and not where the last one has ended.
  useEffect(() => {
    document
      .getElementById(FORM)
      ?.querySelector<HTMLElement>("input:not([type=radio]), input:checked, select, textarea")
      ?.focus();
  }, [values.step]);

  const complete: Record<(typeof STEPS)[number], boolean> = {
    name: isName(values.name),
    expiry: isWhole(values.expiry, options),
    api: chosenApi !== undefined,
    scopes: values.scopes.length > 0,
    restrictions: options.requiredRestrictions.every((type) =>
      restrictionsOf(values.restrictions).some((restriction) => restriction.type === type),
    ),
    review: true,
  };

  const create = () =>
    attempt(
      async () =>
        onCreated(
          await api.create({
            kind: options.kind,
            name: values.name.trim(),
            description: values.description.trim() || undefined,
            client: values.client,
            scopes: values.scopes,
            restrictions: restrictionsOf(values.restrictions),
            expiresAt: expiresAt(values.expiry, options),
            application: values.application,
          }),
        ),
      { what: "create", values },
    );

  const isLast = step === "review";

  return (
    <FormDialog
      id={FORM}
      title={t(`accessKeyPage-create-${options.kind}`)}
      description={t("accessKeyPage-step", values.step + 1, STEPS.length, t(`accessKeyPage-step-${step}`))}
      header={
        <ol className="access-keys-steps" aria-hidden="true">
          {STEPS.map((name, index) => (
            <li key={name} className={index <= values.step ? "access-keys-done" : undefined} />
          ))}
        </ol>
      }
      action={isLast ? t("accessKeyCreate") : t("accessKeyPage-next")}
      between={
        <Button
          key="back"
          variant="secondary"
          isDisabled={values.step === 0 || busy}
          onClick={() => set({ step: values.step - 1 })}
        >
          {t("accessKeyPage-back")}
        </Button>
      }
      isWhole={complete[step]}
      busy={busy}
      error={error}
      onSubmit={() => (isLast ? void create() : set({ step: values.step + 1 }))}
      onCancel={onCancel}
    >
      {step === "name" && <LabelFields value={values} help={t("accessKeyPage-nameHelp")} onChange={set} />}
      {step === "expiry" && (
        <ExpiryField options={options} value={values.expiry} onChange={(expiry) => set({ expiry })} />
      )}
      {step === "api" && (
        <FormGroup label={t("accessKeyPage-api")} isRequired fieldId="access-keys-api">
          <FormSelect
            id="access-keys-api"
            value={values.client}
            onChange={(_, client) => set({ client, scopes: [] })}
          >
            {options.apis.map(({ client, name }) => (
              <FormSelectOption key={client} value={client} label={name} />
            ))}
          </FormSelect>
          <FormHelperText>
            <HelperText>
              <HelperTextItem>{t("accessKeyPage-apiHelp")}</HelperTextItem>
            </HelperText>
          </FormHelperText>
        </FormGroup>
      )}
      {step === "scopes" && (
        <>
          <p>{t("accessKeyPage-scopesHelp")}</p>
          <ScopeFields
            scopes={chosenApi?.scopes ?? []}
            chosen={values.scopes}
            onChange={(scopes) => set({ scopes })}
          />
          <UnavailableScopes scopes={chosenApi?.unavailable ?? []} />
        </>
      )}
      {step === "restrictions" && (
        <>
          <p>{t("accessKeyPage-restrictionsHelp")}</p>
          <RestrictionFields
            types={types}
            required={options.requiredRestrictions}
            address={options.address}
            texts={values.restrictions}
            onChange={(restrictions) => set({ restrictions })}
          />
        </>
      )}
      {step === "review" && <Review values={values} options={options} api={chosenApi?.name ?? ""} />}
    </FormDialog>
  );
}

function Review({ values, options, api: name }: { values: NewKeyValues; options: Options; api: string }) {
  return (
    <DescriptionList isHorizontal isCompact>
      <Fact term={t("accessKeyName")}>{values.name}</Fact>
      {values.description && <Fact term={t("accessKeyPage-description")}>{values.description}</Fact>}
      <Fact term={t("accessKeyLifetime")}>
        <ExpiryInWords expiry={values.expiry} options={options} />
      </Fact>
      <Fact term={t("accessKeyPage-api")}>{name}</Fact>
      <Fact term={t("accessKeyPage-scopes")}>{values.scopes.join(", ")}</Fact>
      <Fact term={t("accessKeyPage-restrictions")}>
        <RestrictionList of={{ restrictions: restrictionsOf(values.restrictions) }} />
      </Fact>
    </DescriptionList>
  );
}
