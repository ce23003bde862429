import type { IssuedKey, Options } from "../src/account/api";
import type { Key } from "../src/shared/key";

export const ci: Key = {
  id: "3TV4oAnlU0IbBkYT",
  kind: "personal-access-token",
  name: "ci",
  state: "active",
  client: "acme-api",
  scopes: ["orders:read"],
  restrictions: [],
  redacted: "kcpat_3TV4…WWmc",
  createdAt: "2026-11-24T05:02:27.735Z",
  expiresAt: "2099-12-24T05:02:27.735Z",
  useCount: 0,
  version: 1,
};

export const issued: IssuedKey = { ...ci, secret: "kcpat_3TV4oAnlU0IbBkYTsecret" };

export const options: Options = {
  kind: "personal-access-token",
  creatable: true,
  fixedExpiry: false,
  lifetimes: ["PT720H", "PT168H"],
  maxLifetime: "PT8760H",
  requiredRestrictions: [],
  defaultOverlap: "PT24H",
  maxOverlap: "PT168H",
  address: "203.0.113.7",
  applications: false,
  now: "2026-11-25T00:00:00Z",
  apis: [
    {
      client: "acme-api",
      name: "ACME API",
      scopes: [{ name: "orders:read", description: "See orders" }, { name: "orders:write" }, { name: "reports" }],
      unavailable: [{ name: "refunds", roles: ["cashier"] }],
    },
  ],
};
