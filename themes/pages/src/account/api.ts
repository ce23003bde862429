import { host } from "../shared/host";
import { call as send, ifMatch, json, next, path, query, setClock } from "../shared/http";
import type { Key, Restriction, RestrictionType, Usage } from "../shared/key";

/** A key with its secret: the one answer in which it is. */
export type IssuedKey = Key & { secret: string };

export type Scope = { name: string; description?: string };
/** A scope that the owner may not give to a key now, and the roles of which it takes one. */
export type UnavailableScope = { name: string; roles: string[] };
export type Api = { client: string; name: string; scopes: Scope[]; unavailable: UnavailableScope[] };

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

const call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  send(method, `${host.realmUrl}/access-keys${path}`, body, headers);

export const api = {
  async options(application?: string): Promise<Options> {
    const options = await json<Options>(call("GET", `/options${query({ application })}`));
    setClock(options.now);
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
