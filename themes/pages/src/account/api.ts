import { host } from "../shared/host";
import { call as send, ifMatch, json, next, path, query, setClock } from "../shared/http";
import type { components } from "../shared/contract";
import type { Key, RestrictionType, Usage } from "../shared/key";

type Schemas = components["schemas"];

/** A key with its secret: the one answer in which it is. */
export type IssuedKey = Key & { secret: string };

export type Scope = Schemas["OptionsScope"];
/** A scope that the owner may not give to a key now, and the roles of which it takes one. */
export type UnavailableScope = Schemas["UnavailableScope"];
export type Api = Schemas["OptionsApi"];
export type Options = Schemas["Options"];
export type Application = Schemas["Application"];
export type NewKey = Schemas["NewKey"];
export type KeyEdit = Schemas["KeyEdit"];
export type Roll = Schemas["Roll"];

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
