import { Button, ModalVariant, Spinner, Title } from "@patternfly/react-core";
import { useCallback, useEffect, useState } from "react";
import { type Application, api } from "./api";
import { ConfirmDialog } from "../shared/ConfirmDialog";
import { Failure } from "../shared/Failure";
import { FormDialog } from "../shared/FormDialog";
import { KeysView } from "./KeysView";
import { isName, NameField } from "./LabelFields";
import { t } from "../shared/messages";
import { Moment } from "../shared/Moment";
import type { Unfinished } from "../shared/stepUp";
import { useAttempt } from "../shared/useAttempt";

const FORM = "access-keys-register";

/** The application that a key to create was for, if that is what had to wait. */
function applicationOf(unfinished?: Unfinished): string | undefined {
  return (unfinished?.values as { application?: string } | undefined)?.application;
}

/** What a developer has registered: programs that have keys of their own. */
export function ApplicationsView({ unfinished }: { unfinished?: Unfinished }) {
  const [applications, setApplications] = useState<Application[]>();
  const [failure, setFailure] = useState<unknown>();
  const [selected, setSelected] = useState(applicationOf(unfinished));
  const [registering, setRegistering] = useState(false);
  const [removing, setRemoving] = useState<Application>();

  const load = useCallback(async () => {
    try {
      setApplications(await api.applications());
    } catch (problem) {
      setFailure(problem);
    }
  }, []);
  useEffect(() => void load(), [load]);

  if (failure !== undefined) {
    return <Failure error={failure} />;
  }
  if (!applications) {
    return <Spinner aria-label={t("accessKeyPage-loading")} />;
  }
  const open = applications.find(({ id }) => id === selected);
  if (open) {
    return (
      <>
        <Button variant="link" isInline onClick={() => setSelected(undefined)}>
          ‹ {t("accessKeyPage-applications")}
        </Button>
        <div className="access-keys-heading">
          <Title headingLevel="h2" size="lg" className="access-keys-wrap">
            {open.name} <code className="access-keys-second">{open.clientId}</code>
          </Title>
          <Button variant="secondary" isDanger onClick={() => setRemoving(open)}>
            {t("accessKeyPage-unregister")}
          </Button>
        </div>
        <KeysView key={open.id} application={open.id} unfinished={unfinished} />
        {removing && (
          <ConfirmDialog
            title={t("accessKeyPage-unregisterTitle", removing.name)}
            action={t("accessKeyPage-unregister")}
            onConfirm={async () => {
              await api.unregister(removing.id);
              setRemoving(undefined);
              setSelected(undefined);
              await load();
            }}
            onCancel={() => setRemoving(undefined)}
          >
            <p>{t("accessKeyPage-unregisterText")}</p>
          </ConfirmDialog>
        )}
      </>
    );
  }
  return (
    <>
      <p className="access-keys-gap">{t("accessKeyPage-applicationsText")}</p>
      <Button onClick={() => setRegistering(true)}>{t("accessKeyPage-register")}</Button>
      <ul className="access-keys-plain access-keys-applications">
        {applications.map((application) => (
          <li key={application.id}>
            <Button variant="link" isInline onClick={() => setSelected(application.id)}>
              {application.name}
            </Button>
            <code className="access-keys-second">{application.clientId}</code>
            {application.createdAt && (
              <span className="access-keys-second">
                {t("accessKeyPage-created")} <Moment at={application.createdAt} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {registering && (
        <RegisterDialog
          onRegistered={async (application) => {
            await load();
            setRegistering(false);
            setSelected(application.id);
          }}
          onCancel={() => setRegistering(false)}
        />
      )}
    </>
  );
}

function RegisterDialog(props: { onRegistered: (application: Application) => Promise<void>; onCancel: () => void }) {
  const [name, setName] = useState("");
  const { busy, error, attempt } = useAttempt();
  const register = () => attempt(async () => props.onRegistered(await api.register(name.trim())));
  return (
    <FormDialog
      id={FORM}
      variant={ModalVariant.small}
      title={t("accessKeyPage-register")}
      action={t("accessKeyPage-register")}
      isWhole={isName(name)}
      busy={busy}
      error={error}
      onSubmit={() => void register()}
      onCancel={props.onCancel}
    >
      <NameField id="access-keys-application" value={name} onChange={setName} />
    </FormDialog>
  );
}
