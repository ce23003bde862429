import "@patternfly/react-styles/css/components/Table/table.css";
import "@patternfly/react-styles/css/components/Table/table-grid.css";
import "./page.css";
import { PageSection, Text, TextContent, Title } from "@patternfly/react-core";
import type { ReactNode } from "react";

/** A page of a console: its title, what it is for, and below that what it is. */
export function PageFrame(props: { title: string; text: string; way?: ReactNode; children: ReactNode }) {
  return (
    <div className="access-keys">
      <PageSection variant="light">
        <TextContent>
          <Title headingLevel="h1" data-testid="access-keys-heading">
            {props.title}
          </Title>
          <Text component="p">{props.text}</Text>
          {props.way && <Text component="p">{props.way}</Text>}
        </TextContent>
      </PageSection>
      <PageSection variant="light">{props.children}</PageSection>
    </div>
  );
}
