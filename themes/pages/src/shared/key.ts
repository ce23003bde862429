/** What the server says of a key. */
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
  /** Another system made its text; its first roll gives it one of ours. */
  legacy?: boolean;
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
  /** For administrators: the id of a user, or the client_id of a client. */
  owner?: { user?: string; client?: string };
};

export type RestrictionType = { type: string; deterrent: boolean; messageKey: string };

export type Usage = {
  useCount: number;
  secrets: { number: number; createdAt: string; retiresAt?: string; lastUsedAt?: string }[];
};
