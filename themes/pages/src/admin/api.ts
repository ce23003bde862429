import type { components } from "../shared/contract";
import { host } from "../shared/host";
import { call, json, next, path, query } from "../shared/http";
import type { Key, Usage } from "../shared/key";

/** What a search asks for; what is empty does not matter. */
export type Filter = {
  q?: string;
  state?: string;
  kind?: string;
  client?: string;
  /** The id of a user. */
  owner?: string;
  expires?: "never";
  expiringBefore?: string;
  used?: "never";
  unusedSince?: string;
  rollDueBefore?: string;
  restricted?: "false";
  beyondPolicy?: "true";
  orphaned?: "true";
};

export type Explanation = components["schemas"]["Explanation"];
export type Health = components["schemas"]["Health"];

type User = { id: string; username: string };

const PAGE = "50";
const names = new Map<string, Promise<string>>();

/** The Admin REST API of keys in one realm. */
export const adminApi = (realm: string) => {
  const root = `${host.adminUrl}/${encodeURIComponent(realm)}`;
  const keys = `${root}/access-keys`;
  return {
    async list(filter: Filter, after?: string): Promise<{ keys: Key[]; after?: string }> {
      const answer = await call("GET", `${keys}${query({ ...filter, after, max: PAGE })}`);
      return { keys: (await answer.json()) as Key[], after: next(answer) };
    },
    count: (filter: Filter) =>
      json<{ count: number }>(call("GET", `${keys}/count${query(filter)}`)).then(({ count }) => count),
    get: (id: string) => json<Key>(call("GET", `${keys}${path(id)}`)),
    usage: (id: string) => json<Usage>(call("GET", `${keys}${path(id)}/usage`)),
    explain: (id: string, address: string) =>
      json<Explanation>(call("POST", `${keys}${path(id)}/explain`, address ? { address } : {})),
    suspend: (id: string) => call("POST", `${keys}${path(id)}/suspend`),
    resume: (id: string) => call("POST", `${keys}${path(id)}/resume`),
    revoke: (id: string, reason: string) => call("POST", `${keys}${path(id)}/revoke`, reason ? { reason } : {}),
    /** How many keys would be revoked of those that a search finds. */
    revocable: (filter: Filter) =>
      json<{ count: number }>(call("POST", `${keys}/revoke${query(filter)}`, { dryRun: true })).then(
        ({ count }) => count,
      ),
    /** Revokes all that a search finds, if they are as many as expected. */
    revokeAll: (filter: Filter, expected: number, reason: string) =>
      call("POST", `${keys}/revoke${query(filter)}`, reason ? { expected, reason } : { expected }),
    health: () => json<Health>(call("GET", `${keys}/health`)),

    /** The name of a user; their id for whoever may not see users. */
    username(id: string): Promise<string> {
      const known =
        names.get(id) ??
        json<User>(call("GET", `${root}/users${path(id)}`))
          .then(({ username }) => username)
          .catch(() => id);
      names.set(id, known);
      return known;
    },
    /** The id of the user of this name; the very text if there is none, since it may be an id. */
    async userId(name: string): Promise<string> {
      const found = await json<User[]>(call("GET", `${root}/users${query({ username: name, exact: "true" })}`)).catch(
        () => [],
      );
      return found[0]?.id ?? name;
    },
  };
};

export type AdminApi = ReturnType<typeof adminApi>;
