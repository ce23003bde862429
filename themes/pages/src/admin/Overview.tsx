import { Button, Title } from "@patternfly/react-core";
import { useEffect, useState } from "react";
import { t } from "../shared/messages";
import type { AdminApi } from "./api";
import { type Question, asked, questions } from "./search";

/** How many keys there are of each sort that deserves a look; a click lists them. */
export function Overview(props: { api: AdminApi; version: number; onChoose: (question: Question) => void }) {
  const { api, version, onChoose } = props;
  const [counts, setCounts] = useState<(number | undefined)[]>([]);
  useEffect(() => {
    let wanted = true;
    // Whatever cannot be counted has no number; the list below says why.
    void Promise.all(questions.map((question) => api.count(asked(question)).catch(() => undefined))).then(
      (found) => wanted && setCounts(found),
    );
    return () => {
      wanted = false;
    };
  }, [api, version]);
  return (
    <>
      <Title headingLevel="h2" size="lg" className="access-keys-gap">
        {t("accessKeyAdmin-overview")}
      </Title>
      <ul className="access-keys-overview access-keys-gap" data-testid="overview">
        {questions.map((question, index) => (
          <li key={question}>
            <Button variant="tertiary" onClick={() => onChoose(question)}>
              <span className="access-keys-number">{counts[index] ?? "–"}</span>
              {t(question)}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
