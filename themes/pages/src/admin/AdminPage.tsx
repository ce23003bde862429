import { Alert, Button, Drawer, DrawerContent, DrawerContentBody, Spinner } from "@patternfly/react-core";
import { useEffect, useMemo, useState } from "react";
import { Failure } from "../shared/Failure";
import { host } from "../shared/host";
import type { Key } from "../shared/key";
import { KeyTable } from "../shared/KeyTable";
import { t } from "../shared/messages";
import { PageFrame } from "../shared/PageFrame";
import { AdminKeyPanel } from "./AdminKeyPanel";
import { type Filter, adminApi } from "./api";
import { BulkDialog } from "./BulkDialog";
import { FilterBar } from "./FilterBar";
import { FindForm } from "./FindForm";
import { HealthSection } from "./HealthSection";
import { Overview } from "./Overview";
import { Owner } from "./Owner";
import { EVERYTHING, type Search, filterOf, isEmpty } from "./search";

/** What was found, and by which filter: what is typed may be ahead of it. */
type Found = { filter: Filter; keys: Key[]; after?: string; count: number };

/** Text counts when somebody stops typing. */
const PAUSE_MS = 300;

/** Every key of a realm, for its administrators. */
export function AdminPage({ realm }: { realm: string }) {
  const api = useMemo(() => adminApi(realm), [realm]);
  const [search, setSearch] = useState<Search>(EVERYTHING);
  const [found, setFound] = useState<Found>();
  const [failure, setFailure] = useState<unknown>();
  const [selected, setSelected] = useState<Key>();
  const [isBulk, setBulk] = useState(false);
  const [done, setDone] = useState<string>();
  /** Counts up when something was changed. */
  const [version, setVersion] = useState(0);

  useEffect(() => {
    let wanted = true;
    const look = async () => {
      try {
        const filter = await filterOf(api, search);
        const [page, count] = await Promise.all([api.list(filter), api.count(filter)]);
        if (wanted) {
          setFound({ filter, ...page, count });
          setFailure(undefined);
        }
      } catch (problem) {
        if (wanted) {
          setFailure(problem);
        }
      }
    };
    const timer = setTimeout(() => void look(), PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, search, version]);

  const more = async ({ filter, keys, after, count }: Found) => {
    try {
      const page = await api.list(filter, after);
      setFound({ filter, keys: [...keys, ...page.keys], after: page.after, count });
    } catch (problem) {
      setFailure(problem);
    }
  };
  const open = (key: Key) => {
    setSelected(key);
    setDone(undefined);
  };
  const changed = async () => {
    setVersion((known) => known + 1);
    if (selected) {
      setSelected(await api.get(selected.id));
    }
  };

  return (
    <PageFrame
      title={t("accessKeyAdmin")}
      text={t("accessKeyAdmin-text")}
      way={
        <a href={host.inAdminConsole(realm, "authentication", "required-actions")}>{t("accessKeyAdmin-policy")}</a>
      }
    >
      <FindForm api={api} onFound={open} />
      <Overview api={api} version={version} onChoose={(question) => setSearch({ ...EVERYTHING, question })} />
      <HealthSection api={api} />
      <FilterBar search={search} onChange={setSearch} />
      {failure !== undefined && <Failure error={failure} />}
      {done && <Alert isInline variant="success" title={done} className="access-keys-gap" />}
      {!found && failure === undefined && <Spinner aria-label={t("accessKeyPage-loading")} />}
      {found && (
        <Drawer isExpanded={selected !== undefined} isInline>
          <DrawerContent
            panelContent={
              selected && (
                <AdminKeyPanel
                  api={api}
                  realm={realm}
                  of={selected}
                  onChanged={changed}
                  onClose={() => setSelected(undefined)}
                />
              )
            }
          >
            <DrawerContentBody>
              <div className="access-keys-heading">
                <span className="access-keys-count" role="status" data-testid="count">
                  {t("accessKeyAdmin-count", found.count)}
                </span>
                <Button
                  variant="secondary"
                  isDanger
                  isDisabled={found.count === 0 || isEmpty(found.filter)}
                  onClick={() => setBulk(true)}
                >
                  {t("accessKeyAdmin-revokeAll")}
                </Button>
              </div>
              <KeyTable
                keys={found.keys}
                label={t("accessKeyAdmin")}
                selected={selected?.id}
                owner={(key) => <Owner api={api} realm={realm} of={key} />}
                onSelect={open}
              />
              {found.after && (
                <Button variant="link" onClick={() => more(found)} className="access-keys-gap-above">
                  {t("accessKeyAdmin-more")}
                </Button>
              )}
            </DrawerContentBody>
          </DrawerContent>
        </Drawer>
      )}
      {isBulk && found && (
        <BulkDialog
          api={api}
          filter={found.filter}
          onDone={(count) => {
            setBulk(false);
            setDone(t("accessKeyAdmin-revoked", count));
            setVersion((known) => known + 1);
          }}
          onCancel={() => setBulk(false)}
        />
      )}
    </PageFrame>
  );
}
