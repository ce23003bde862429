import { host } from "./host";
import { SignedOut, forgetToken, token } from "./token";

export type KeyState = "pending" | "active" | "rolling" | "suspended" | "expired" | "exposed" | "revoked";

export type Restriction = { type: string; allow?: unknown[]; [member: string]: unknown };

export type Key = {
  id: string;
  kind: string;
  name: string;
  description?: string;
  state: KeyState;
  client?: string;
  scopes: string[];
  classic?: boolean;
  restrictions: Restriction[];
  restrictionSummaries?: { type: string; summary: string; deterrent: boolean }[];
  redacted: string;
  createdAt: string;
  renewedAt?: string;
  notBefore?: string;
  expiresAt?: string;
  endsAt?: string;
  roll?: { every?: string; at?: string; overlap?: string; delivery?: string };
  rollDueAt?: string;
  rollDeadline?: string;
  retiresAt?: string;
  revokedAt?: string;
  revocationReason?: string;
  lastUsedAt?: string;
  lastUsedFrom?: string;
  useCount: number;
  version: number;
};

/** A key with its secret: the one answer in which it is. */
export type IssuedKey = Key & { secret: string };

export type Scope = { name: string; description?: string };
export type Api = { client: string; name: string; scopes: Scope[] };

export type Options = {
  kind: string;
  creatable: boolean;
  fixedExpiry: boolean;
  lifetimes: string[];
  maxLifetime?: string;
  requiredRestrictions: string[];
  defaultOverlap: string;
  maxOverlap: string;
  address?: string;
  applications: boolean;
  /** The server's clock. */
  now: string;
  apis: Api[];
};

export type RestrictionType = { type: string; deterrent: boolean; messageKey: string };

export type Usage = {
  useCount: number;
  secrets: { number: number; createdAt: string; retiresAt?: string; lastUsedAt?: string }[];
};

export type Application = { id: string; clientId: string; name: string; createdAt: string };

export type NewKey = {
  kind: string;
  name: string;
  description?: string;
  client: string;
  scopes: string[];
  restrictions: Restriction[];
  expiresAt?: string | null;
  application?: string;
};

export type KeyEdit = { name?: string; description?: string | null; scopes?: string[]; restrictions?: Restriction[] };

export type Roll = { overlap?: string; expiresAt?: string | null; replacePending?: boolean };

/** The server wants a sign-in that is at most so many seconds old (RFC 9470). */
export class FreshLoginNeeded extends Error {
  constructor(readonly maxAge: number) {
    super();
  }
}

/** The server said no, and why. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly field?: string,
  ) {
    super(detail);
  }
}

/** By how much the server's clock is ahead of the browser's. */
let clockAhead = 0;

/** The server's time, or a little before: what is measured from it stays within its limits. */
export function now(): number {
  return Date.now() + clockAhead;
}

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return fetch(`${host.realmUrl}/access-keys${path}`, {
    method,
    headers: {
      Accept: "application/json",
      Authorization: `Bearer ${await token()}`,
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
  });
}

async function refusal(answer: Response): Promise<Error> {
  const challenge = answer.headers.get("WWW-Authenticate") ?? "";
  const maxAge = /insufficient_user_authentication.*max_age="?(\d+)/.exec(challenge)?.[1];
  if (answer.status === 401) {
    return maxAge ? new FreshLoginNeeded(Number(maxAge)) : new SignedOut();
  }
  const problem = (await answer.json().catch(() => ({}))) as { detail?: string; field?: string };
  return new Refused(answer.status, problem.detail ?? answer.statusText, problem.field);
}

async function call(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
  let answer = await send(method, path, body, headers);
  if (answer.status === 401 && !answer.headers.get("WWW-Authenticate")?.includes("max_age")) {
    forgetToken();
    answer = await send(method, path, body, headers);
  }
  if (!answer.ok) {
    throw await refusal(answer);
  }
  return answer;
}

async function json<T>(answer: Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T;
}

const ifMatch = (key: Key) => ({ "If-Match": `"${key.version}"` });
const path = (id: string) => `/${encodeURIComponent(id)}`;
const query = (fields: Record<string, string | undefined>) => {
  const given = Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1]));
  return given.length ? `?${new URLSearchParams(given)}` : "";
};

/** What comes after a page, if anything does. */
function next(answer: Response): string | undefined {
  const link = /<([^>]*)>;\s*rel="?next"?/.exec(answer.headers.get("Link") ?? "")?.[1];
  return link ? (new URL(link, location.href).searchParams.get("after") ?? undefined) : undefined;
}

export const api = {
  async options(application?: string): Promise<Options> {
    const options = await json<Options>(call("GET", `/options${query({ application })}`));
    clockAhead = Date.parse(options.now) - Date.now();
    return options;
  },
  restrictionTypes: () => json<RestrictionType[]>(call("GET", "/restriction-types")),

  /** All of them: policy allows a person few. */
  async list(application?: string): Promise<Key[]> {
    const keys: Key[] = [];
    let after: string | undefined;
    do {
      const answer = await call("GET", query({ application, after, max: "1000" }));
      keys.push(...((await answer.json()) as Key[]));
      after = next(answer);
    } while (after);
    return keys;
  },

  get: (id: string) => json<Key>(call("GET", path(id))),
  usage: (id: string) => json<Usage>(call("GET", `${path(id)}/usage`)),
  create: (key: NewKey) => json<IssuedKey>(call("POST", "", key)),
  edit: (key: Key, edit: KeyEdit) => json<Key>(call("PATCH", path(key.id), edit, ifMatch(key))),
  roll: (key: Key, roll: Roll) => json<IssuedKey>(call("POST", `${path(key.id)}/roll`, roll, ifMatch(key))),
  suspend: (key: Key) => call("POST", `${path(key.id)}/suspend`),
  resume: (key: Key) => call("POST", `${path(key.id)}/resume`),
  revoke: (key: Key) => call("DELETE", path(key.id)),
  remove: (key: Key) => call("POST", `${path(key.id)}/remove`),

  applications: () => json<Application[]>(call("GET", "/applications")),
  register: (name: string) => json<Application>(call("POST", "/applications", { name })),
  unregister: (id: string) => call("DELETE", `/applications${path(id)}`),
};
