import "@patternfly/react-styles/css/components/Table/table.css";
import "@patternfly/react-styles/css/components/Table/table-grid.css";
import "../shared/page.css";
import {
  Alert,
  Button,
  Drawer,
  DrawerContent,
  DrawerContentBody,
  PageSection,
  Spinner,
  Text,
  TextContent,
  Title,
} from "@patternfly/react-core";
import { useCallback, useEffect, useMemo, useState } from "react";
import { Failure } from "../shared/Failure";
import type { Key } from "../shared/key";
import { KeyTable } from "../shared/KeyTable";
import { t } from "../shared/messages";
import { AdminKeyPanel } from "./AdminKeyPanel";
import { type Filter, adminApi } from "./api";
import { BulkDialog } from "./BulkDialog";
import { FilterBar } from "./FilterBar";
import { FindForm } from "./FindForm";
import { HealthSection } from "./HealthSection";
import { Overview } from "./Overview";
import { Owner } from "./Owner";

type Found = { keys: Key[]; after?: string; count: number };

/** Every key of a realm, for its administrators. */
export function AdminPage({ realm }: { realm: string }) {
  const api = useMemo(() => adminApi(realm), [realm]);
  const [filter, setFilter] = useState<Filter>({});
  const [found, setFound] = useState<Found>();
  const [failure, setFailure] = useState<unknown>();
  const [selected, setSelected] = useState<Key>();
  const [isBulk, setBulk] = useState(false);
  const [done, setDone] = useState<string>();
  /** Counts up when something was changed. */
  const [version, setVersion] = useState(0);

  useEffect(() => {
    let wanted = true;
    Promise.all([api.list(filter), api.count(filter)])
      .then(([page, count]) => {
        if (wanted) {
          setFound({ ...page, count });
          setFailure(undefined);
        }
      })
      .catch((problem) => wanted && setFailure(problem));
    return () => {
      wanted = false;
    };
  }, [api, filter, version]);

  const more = async () => {
    try {
      const page = await api.list(filter, found?.after);
      setFound((known) => known && { ...known, keys: [...known.keys, ...page.keys], after: page.after });
    } catch (problem) {
      setFailure(problem);
    }
  };
  const open = useCallback((key: Key) => {
    setSelected(key);
    setDone(undefined);
  }, []);
  const changed = async () => {
    setVersion((known) => known + 1);
    if (selected) {
      setSelected(await api.get(selected.id));
    }
  };

  return (
    <div className="access-keys">
      <PageSection variant="light">
        <TextContent>
          <Title headingLevel="h1" data-testid="access-keys-heading">
            {t("accessKeyAdmin")}
          </Title>
          <Text component="p">{t("accessKeyAdmin-text")}</Text>
          <Text component="p">
            <a href={`#/${encodeURIComponent(realm)}/authentication/required-actions`}>{t("accessKeyAdmin-policy")}</a>
          </Text>
        </TextContent>
      </PageSection>
      <PageSection variant="light">
        <FindForm api={api} onFound={open} />
        <Overview api={api} version={version} onChoose={setFilter} />
        <HealthSection api={api} />
        <FilterBar api={api} filter={filter} onChange={setFilter} />
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
                  <Button variant="secondary" isDanger isDisabled={found.count === 0} onClick={() => setBulk(true)}>
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
                  <Button variant="link" onClick={more} className="access-keys-gap-above">
                    {t("accessKeyAdmin-more")}
                  </Button>
                )}
              </DrawerContentBody>
            </DrawerContent>
          </Drawer>
        )}
      </PageSection>
      {isBulk && (
        <BulkDialog
          api={api}
          filter={filter}
          onDone={(count) => {
            setBulk(false);
            setDone(t("accessKeyAdmin-revoked", count));
            setVersion((known) => known + 1);
          }}
          onCancel={() => setBulk(false)}
        />
      )}
    </div>
  );
}
