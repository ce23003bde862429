import {
  Alert,
  AlertActionLink,
  Button,
  Drawer,
  DrawerContent,
  DrawerContentBody,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  EmptyStateHeader,
  EmptyStateIcon,
  SearchInput,
  Spinner,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from "@patternfly/react-core";
import KeyIcon from "@patternfly/react-icons/dist/esm/icons/key-icon";
import { useCallback, useEffect, useState } from "react";
import { type IssuedKey, type Options, api } from "./api";
import type { Key, RestrictionType } from "../shared/key";
import { ConfirmDialog } from "../shared/ConfirmDialog";
import { CreateDialog, type NewKeyValues, emptyValues } from "./CreateDialog";
import { EditDialog, type EditValues, valuesOf } from "./EditDialog";
import { Failure } from "../shared/Failure";
import { type KeyAction, KeyPanel } from "./KeyPanel";
import { KeyTable } from "../shared/KeyTable";
import { now } from "../shared/http";
import { t } from "../shared/messages";
import { RollDialog, type RollValues, usualRoll } from "./RollDialog";
import { ShowOnce } from "./ShowOnce";
import { rollIsDue } from "../shared/StateBadge";
import type { Unfinished } from "../shared/stepUp";
import { absolute } from "../shared/time";
import { useAttempt } from "../shared/useAttempt";

type Loaded = { keys: Key[]; options: Options; types: RestrictionType[] };

type Dialog =
  | { what: "create"; values: NewKeyValues }
  | { what: "edit"; key: Key; values: EditValues }
  | { what: "roll"; key: Key; values: RollValues }
  | { what: "revoke" | "remove"; key: Key };

const REFRESH_MS = 20_000;
const IN_USE_MS = 7 * 24 * 60 * 60 * 1000;

/** The console makes the page anew whenever its router moves: it then has what it had. */
const cache = new Map<string, Loaded>();

/** What somebody has typed is found in what a row shows. */
export function matches(key: Key, search: string): boolean {
  const shown = [key.name, key.description, key.id, key.redacted, key.client, ...key.scopes];
  return shown.some((text) => text?.toLowerCase().includes(search.trim().toLowerCase()));
}

/** Whether some program would miss it. */
export function isInUse({ lastUsedAt }: Key, at: number): boolean {
  return lastUsedAt !== undefined && Date.parse(lastUsedAt) > at - IN_USE_MS;
}

/** The dialog in which somebody was when they had to sign in again. */
function resumed(unfinished: Unfinished | undefined, keys: Key[]): Dialog | undefined {
  const key = keys.find(({ id }) => id === unfinished?.id);
  switch (unfinished?.what) {
    case "create":
      return { what: "create", values: unfinished.values as NewKeyValues };
    case "edit":
      return key && { what: "edit", key, values: unfinished.values as EditValues };
    case "roll":
      return key && { what: "roll", key, values: unfinished.values as RollValues };
    default:
      return undefined;
  }
}

/** The keys of the person, or of an application of theirs, and all that can be done with them. */
export function KeysView({ application, unfinished }: { application?: string; unfinished?: Unfinished }) {
  const [loaded, setLoaded] = useState(cache.get(application ?? ""));
  const [failure, setFailure] = useState<unknown>();
  const [search, setSearch] = useState("");
  const [selected, setSelected] = useState<string>();
  const [dialog, setDialog] = useState<Dialog>();
  const [issued, setIssued] = useState<IssuedKey>();
  const { error, attempt } = useAttempt();

  const load = useCallback(async () => {
    try {
      // What there is to choose from is asked for once: the server walks through the realm for it.
      const known = cache.get(application ?? "");
      const [keys, options, types] = await Promise.all([
        api.list(application),
        known?.options ?? api.options(application),
        known?.types ?? api.restrictionTypes(),
      ]);
      cache.set(application ?? "", { keys, options, types });
      setLoaded({ keys, options, types });
      setFailure(undefined);
      return keys;
    } catch (problem) {
      setFailure(problem);
      return [];
    }
  }, [application]);

  useEffect(() => {
    void load().then((keys) => setDialog((open) => open ?? resumed(unfinished, keys)));
    // Uses and countdowns move by themselves.
    const timer = setInterval(() => document.visibilityState === "visible" && void load(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [load, unfinished]);

  if (failure !== undefined && !loaded) {
    return <Failure error={failure} />;
  }
  if (!loaded) {
    return <Spinner aria-label={t("accessKeyPage-loading")} />;
  }

  const { keys, options, types } = loaded;
  const close = () => setDialog(undefined);
  const done = async () => {
    await load();
    close();
  };
  const showSecret = async (key: IssuedKey) => {
    close();
    setIssued(key);
    await load();
  };
  const create = () => setDialog({ what: "create", values: emptyValues(options, application) });
  const act = (key: Key, action: KeyAction) => {
    switch (action) {
      case "edit":
        return setDialog({ what: "edit", key, values: valuesOf(key) });
      case "roll":
        return setDialog({ what: "roll", key, values: usualRoll(key, options) });
      case "suspend":
      case "resume":
        return void attempt(async () => {
          await api[action](key);
          await load();
        });
      default:
        return setDialog({ what: action, key });
    }
  };

  const shown = keys.filter((key) => matches(key, search));
  const open = keys.find(({ id }) => id === selected);
  const due = keys.filter(rollIsDue);

  return (
    <>
      {due.map((key) => (
        <Alert
          key={key.id}
          isInline
          variant="warning"
          className="access-keys-gap"
          title={t("accessKeyPage-rollDueFor", key.name)}
          actionLinks={
            <AlertActionLink onClick={() => act(key, "roll")}>{t("accessKeyPage-pickUp")}</AlertActionLink>
          }
        >
          {key.rollDeadline && t("accessKeyPage-rollDueUntil", absolute(key.rollDeadline))}
        </Alert>
      ))}
      {failure !== undefined && <Failure error={failure} />}
      {error !== undefined && <Failure error={error} />}
      {keys.length === 0 ? (
        <NoKeys options={options} onCreate={create} />
      ) : (
        <Drawer isExpanded={open !== undefined} isInline={false}>
          <DrawerContent
            panelContent={
              open && (
                <KeyPanel of={open} onAction={(action) => act(open, action)} onClose={() => setSelected(undefined)} />
              )
            }
          >
            <DrawerContentBody>
              <Toolbar inset={{ default: "insetNone" }}>
                <ToolbarContent>
                  <ToolbarItem variant="search-filter">
                    <SearchInput
                      aria-label={t("accessKeyPage-search")}
                      placeholder={t("accessKeyPage-search")}
                      resetButtonLabel={t("accessKeyPage-clear")}
                      value={search}
                      onChange={(_, text) => setSearch(text)}
                      onClear={() => setSearch("")}
                    />
                  </ToolbarItem>
                  <ToolbarItem>
                    <Button isDisabled={!options.creatable || options.apis.length === 0} onClick={create}>
                      {t(`accessKeyPage-create-${options.kind}`)}
                    </Button>
                  </ToolbarItem>
                </ToolbarContent>
              </Toolbar>
              <p role="status" className="access-keys-count">
                {t("accessKeyPage-count", shown.length, keys.length)}
              </p>
              <KeyTable
                keys={shown}
                label={t("accessKeyPage")}
                selected={selected}
                onSelect={(key) => setSelected(key.id === selected ? undefined : key.id)}
              />
            </DrawerContentBody>
          </DrawerContent>
        </Drawer>
      )}
      {dialog?.what === "create" && (
        <CreateDialog options={options} types={types} initial={dialog.values} onCreated={showSecret} onCancel={close} />
      )}
      {dialog?.what === "edit" && (
        <EditDialog
          of={dialog.key}
          options={options}
          types={types}
          initial={dialog.values}
          onEdited={done}
          onCancel={close}
        />
      )}
      {dialog?.what === "roll" && (
        <RollDialog of={dialog.key} options={options} initial={dialog.values} onRolled={showSecret} onCancel={close} />
      )}
      {dialog?.what === "revoke" && (
        <ConfirmDialog
          title={t("accessKeyPage-revokeTitle", dialog.key.name)}
          action={t("accessKeyPage-revoke")}
          word={isInUse(dialog.key, now()) ? dialog.key.name : undefined}
          onConfirm={async () => {
            await api.revoke(dialog.key);
            await done();
          }}
          onCancel={close}
        >
          <p>{t("accessKeyPage-revokeText")}</p>
          {dialog.key.lastUsedAt && <p>{t("accessKeyPage-stillUsed", absolute(dialog.key.lastUsedAt))}</p>}
        </ConfirmDialog>
      )}
      {dialog?.what === "remove" && (
        <ConfirmDialog
          title={t("accessKeyPage-removeTitle", dialog.key.name)}
          action={t("accessKeyPage-remove")}
          onConfirm={async () => {
            await api.remove(dialog.key);
            await done();
          }}
          onCancel={close}
        >
          <p>{t("accessKeyPage-removeText")}</p>
        </ConfirmDialog>
      )}
      {issued && <ShowOnce issued={issued} onClose={() => setIssued(undefined)} />}
    </>
  );
}

/** What a key is good for, for whoever has none. */
function NoKeys({ options, onCreate }: { options: Options; onCreate: () => void }) {
  return (
    <EmptyState>
      <EmptyStateHeader
        titleText={t(`accessKeyPage-emptyTitle-${options.kind}`)}
        headingLevel="h2"
        icon={<EmptyStateIcon icon={KeyIcon} />}
      />
      <EmptyStateBody>
        <p>{t(`accessKeyPage-emptyText-${options.kind}`)}</p>
        {options.apis.length === 0 && <p>{t("accessKeyNoApi")}</p>}
        {!options.creatable && <p>{t("accessKeyRefused")}</p>}
      </EmptyStateBody>
      {options.creatable && options.apis.length > 0 && (
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={onCreate}>{t(`accessKeyPage-createFirst-${options.kind}`)}</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  );
}
