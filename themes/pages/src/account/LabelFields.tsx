import { FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";
import { t } from "../shared/messages";

export type Label = { name: string; description: string };

/** As long as the API takes a name. */
const LONGEST_NAME = 120;

export function isName(name: string): boolean {
  return name.trim() !== "" && name.length <= LONGEST_NAME;
}

/** What something is called. */
export function NameField(props: { id: string; value: string; help?: string; onChange: (name: string) => void }) {
  return (
    <FormGroup label={t("accessKeyName")} isRequired fieldId={props.id}>
      <TextInput
        id={props.id}
        isRequired
        maxLength={LONGEST_NAME}
        autoComplete="off"
        value={props.value}
        onChange={(_, name) => props.onChange(name)}
      />
      {props.help && (
        <FormHelperText>
          <HelperText>
            <HelperTextItem>{props.help}</HelperTextItem>
          </HelperText>
        </FormHelperText>
      )}
    </FormGroup>
  );
}

/** What is written on a key. */
export function LabelFields(props: { value: Label; help?: string; onChange: (change: Partial<Label>) => void }) {
  const { value, help, onChange } = props;
  return (
    <>
      <NameField id="access-keys-name" value={value.name} help={help} onChange={(name) => onChange({ name })} />
      <FormGroup label={t("accessKeyDescription")} fieldId="access-keys-description">
        <TextInput
          id="access-keys-description"
          maxLength={500}
          autoComplete="off"
          value={value.description}
          onChange={(_, description) => onChange({ description })}
        />
      </FormGroup>
    </>
  );
}
