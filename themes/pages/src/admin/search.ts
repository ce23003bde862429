import { now } from "../shared/http";
import type { AdminApi, Filter } from "./api";

const DAY_MS = 24 * 60 * 60 * 1000;

/** To whole days, so that a list and its count ask the same. */
const daysFromNow = (days: number) => new Date(Math.floor(now() / DAY_MS + days) * DAY_MS).toISOString();

/** What deserves a look, by the message that names it. */
const QUESTIONS = {
  "accessKeyAdmin-exposed": () => ({ state: "exposed" }),
  "accessKeyAdmin-unrestricted": () => ({ state: "active", restricted: "false" }),
  "accessKeyAdmin-forever": () => ({ state: "active", expires: "never" }),
  "accessKeyAdmin-idle": () => ({ state: "active", unusedSince: daysFromNow(-90) }),
  // Of what is new nobody can tell yet.
  "accessKeyAdmin-unused": () => ({ state: "active", used: "never", unusedSince: daysFromNow(-7) }),
  "accessKeyAdmin-expiring": () => ({ state: "active", expiringBefore: daysFromNow(8) }),
  "accessKeyAdmin-beyondPolicy": () => ({ beyondPolicy: "true" }),
  "accessKeyAdmin-rolling": () => ({ state: "rolling" }),
  "accessKeyAdmin-late": () => ({ rollDueBefore: daysFromNow(0) }),
  "accessKeyAdmin-suspended": () => ({ state: "suspended" }),
  "accessKeyAdmin-orphaned": () => ({ orphaned: "true" }),
} satisfies Record<string, () => Filter>;

export type Question = keyof typeof QUESTIONS;

export const questions = Object.keys(QUESTIONS) as Question[];

export const asked = (question: Question): Filter => QUESTIONS[question]();

/** All that an administrator looks for at a time, as it stands on the page; what is empty does not matter. */
export type Search = { question?: Question; q: string; owner: string; client: string; state: string; kind: string };

export const EVERYTHING: Search = { q: "", owner: "", client: "", state: "", kind: "" };

/** What the server is asked for it: whoever looks for a user writes a name, and it wants an id. */
export async function filterOf(api: AdminApi, search: Search): Promise<Filter> {
  const { question, owner, ...rest } = search;
  const typed = Object.entries(rest)
    .map(([field, text]) => [field, text.trim()] as const)
    .filter(([, text]) => text);
  return {
    ...(question && asked(question)),
    ...Object.fromEntries(typed),
    ...(owner.trim() && { owner: await api.userId(owner.trim()) }),
  };
}

/** Whether it leaves nothing out. */
export const isEmpty = (filter: Filter) => Object.values(filter).every((value) => !value);
