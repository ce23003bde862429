import type { components } from "./contract";

/** What the server says of a key; the contract is generated from its OpenAPI document. */
type Schemas = components["schemas"];

export type Key = Schemas["Key"];
export type KeyState = Key["state"];
export type Restriction = Schemas["Restriction"];
export type RestrictionType = Schemas["RestrictionType"];
export type Usage = Schemas["Usage"];
