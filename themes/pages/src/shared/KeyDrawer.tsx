import { DrawerActions, DrawerCloseButton, DrawerHead, DrawerPanelBody, DrawerPanelContent, Title } from "@patternfly/react-core";
import { type ReactNode, useEffect, useRef } from "react";
import type { Key } from "./key";
import { t } from "./messages";
import { StateBadge } from "./StateBadge";

/** What opens beside a list for one of its keys, and takes the focus. */
export function KeyDrawer({ of: key, onClose, children }: { of: Key; onClose: () => void; children: ReactNode }) {
  const title = useRef<HTMLDivElement>(null);
  useEffect(() => title.current?.focus(), [key.id]);
  return (
    <DrawerPanelContent minSize="22rem" data-testid="key-panel">
      <DrawerHead>
        <div ref={title} tabIndex={-1}>
          <Title headingLevel="h2" size="lg" className="access-keys-wrap">
            {key.name}
          </Title>
          <StateBadge of={key} />
        </div>
        <DrawerActions>
          <DrawerCloseButton aria-label={t("accessKeyPage-close")} onClick={onClose} />
        </DrawerActions>
      </DrawerHead>
      <DrawerPanelBody>{children}</DrawerPanelBody>
    </DrawerPanelContent>
  );
}
