import { Spinner, Tab, TabTitleText, Tabs } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { api } from "./api";
import { ApplicationsView } from "./ApplicationsView";
import { Failure } from "../shared/Failure";
import { host } from "../shared/host";
import { KeysView } from "./KeysView";
import { loadMessages, t } from "../shared/messages";
import { PageFrame } from "../shared/PageFrame";
import { type Unfinished, takeUnfinished } from "../shared/stepUp";

type Start = { applications: boolean; unfinished?: Unfinished };

/** The console makes the page anew whenever its router moves: it is ready at once then. */
let started: Start | undefined;

async function start(): Promise<Start> {
  await loadMessages();
  const [unfinished, { applications }] = await Promise.all([takeUnfinished(), api.options()]);
  started = { applications };
  return { applications, unfinished };
}

/** Shows an address that can be kept, in place of the only one by which the console finds pages. */
function tidyAddress() {
  if (location.pathname.endsWith("/:componentId")) {
    history.replaceState(history.state, "", host.pageUrl + location.search);
  }
}

/** The page "API keys & tokens" of the Account Console. */
export default function Page() {
  const [ready, setReady] = useState(started);
  const [failure, setFailure] = useState<unknown>();
  const [tab, setTab] = useState<string | number>("keys");

  useEffect(() => {
    tidyAddress();
    if (!started) {
      start()
        .then((found) => {
          setReady(found);
          if ((found.unfinished?.values as { application?: string } | undefined)?.application) {
            setTab("applications");
          }
        })
        .catch(setFailure);
    }
  }, []);

  return (
    <PageFrame title={t("accessKeyPage")} text={t("accessKeyPage-text")}>
      {failure !== undefined && <Failure error={failure} />}
      {!ready && failure === undefined && <Spinner aria-label="…" />}
      {ready && !ready.applications && <KeysView unfinished={ready.unfinished} />}
      {ready?.applications && (
        <Tabs
          activeKey={tab}
          onSelect={(_, chosen) => setTab(chosen)}
          aria-label={t("accessKeyPage")}
          mountOnEnter
          unmountOnExit
        >
          <Tab eventKey="keys" title={<TabTitleText>{t("accessKeyPage-mine")}</TabTitleText>}>
            <div className="access-keys-gap-above">
              <KeysView unfinished={tab === "keys" ? ready.unfinished : undefined} />
            </div>
          </Tab>
          <Tab eventKey="applications" title={<TabTitleText>{t("accessKeyPage-applications")}</TabTitleText>}>
            <div className="access-keys-gap-above">
              <ApplicationsView unfinished={ready.unfinished} />
            </div>
          </Tab>
        </Tabs>
      )}
    </PageFrame>
  );
}
