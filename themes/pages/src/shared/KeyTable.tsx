import { Button } from "@patternfly/react-core";
import LockIcon from "@patternfly/react-icons/dist/esm/icons/lock-icon";
import type { ReactNode } from "react";
import type { Key } from "./key";
import { t } from "./messages";
import { MomentInCell } from "./Moment";
import { typeName } from "./Restrictions";
import { StateBadge, endOf } from "./StateBadge";

const COLUMNS = [
  "accessKeyName",
  "accessKeyAdmin-owner",
  "accessKeyPage-state",
  "accessKeyPage-api",
  "accessKeyPage-restrictions",
  "accessKeyPage-created",
  "accessKeyPage-lastUsed",
  "accessKeyLifetime",
] as const;

function Cell({ column, children }: { column: (typeof COLUMNS)[number]; children: React.ReactNode }) {
  return (
    <td className="pf-v5-c-table__td" data-label={t(column)} role="cell">
      {children}
    </td>
  );
}

/** Keys, one a row; on a narrow screen, one a card. Whose they are is said where they are not one's own. */
export function KeyTable(props: {
  keys: Key[];
  label: string;
  selected?: string;
  owner?: (key: Key) => ReactNode;
  onSelect: (key: Key) => void;
}) {
  const columns = COLUMNS.filter((column) => props.owner || column !== "accessKeyAdmin-owner");
  return (
    <table
      className="pf-v5-c-table pf-m-grid-lg pf-m-compact access-keys-table"
      aria-label={props.label}
      data-testid="keys"
      role="table"
    >
      <thead className="pf-v5-c-table__thead" role="rowgroup">
        <tr className="pf-v5-c-table__tr" role="row">
          {columns.map((column) => (
            <th key={column} className="pf-v5-c-table__th" scope="col" role="columnheader">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="pf-v5-c-table__tbody" role="rowgroup">
        {props.keys.map((key) => (
          <Row
            key={key.id}
            of={key}
            owner={props.owner?.(key)}
            selected={key.id === props.selected}
            onSelect={() => props.onSelect(key)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: { of: Key; owner?: ReactNode; selected: boolean; onSelect: () => void }) {
  const { of: key, owner, selected, onSelect } = props;
  const end = endOf(key);
  return (
    <tr
      className={`pf-v5-c-table__tr${selected ? " pf-m-selected" : ""}`}
      data-key-id={key.id}
      aria-current={selected || undefined}
      role="row"
    >
      <Cell column="accessKeyName">
        <Button variant="link" isInline onClick={onSelect} aria-expanded={selected}>
          {key.name}
        </Button>
        <code className="access-keys-second">{key.redacted}</code>
        {key.legacy && <span className="access-keys-second">{t("accessKeyPage-legacy")}</span>}
      </Cell>
      {owner !== undefined && <Cell column="accessKeyAdmin-owner">{owner}</Cell>}
      <Cell column="accessKeyPage-state">
        <StateBadge of={key} />
      </Cell>
      <Cell column="accessKeyPage-api">
        {key.client ?? t("accessKeyPage-apiGone")}
        <span className="access-keys-second">{key.scopes.join(", ")}</span>
      </Cell>
      <Cell column="accessKeyPage-restrictions">
        {key.restrictions.length === 0 ? (
          t("accessKeyPage-none")
        ) : (
          <span title={key.restrictionSummaries?.map(({ summary }) => summary).join("\n")}>
            <LockIcon /> {key.restrictions.map(({ type }) => typeName(type)).join(", ")}
          </span>
        )}
      </Cell>
      <Cell column="accessKeyPage-created">
        <MomentInCell at={key.createdAt} />
      </Cell>
      <Cell column="accessKeyPage-lastUsed">
        {key.lastUsedAt ? (
          <span data-testid="last-used">
            <MomentInCell at={key.lastUsedAt} />
          </span>
        ) : (
          t("accessKeyPage-neverUsed")
        )}
      </Cell>
      <Cell column="accessKeyLifetime">{end ? <MomentInCell at={end} /> : t("accessKeyNever")}</Cell>
    </tr>
  );
}
