/**
 * The console keeps its token to itself, so the page gets one of its own: authorization code with
 * PKCE and prompt=none, by a fetch that follows the redirects and finds the code in the address
 * where they end. All of it stays in memory.
 */
import { host } from "./host";

type Tokens = { access_token: string; refresh_token?: string; id_token?: string; expires_in: number };

const oidc = `${host.realmUrl}/protocol/openid-connect`;
/** Tokens are renewed a little before they end. */
const EARLY_MS = 10_000;

let current: { tokens: Tokens; until: number } | undefined;
let underway: Promise<string> | undefined;

/** Nobody is signed in any more. */
export class SignedOut extends Error {}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export function random(bytes: number): string {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

export async function challenge(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

async function exchange(fields: Record<string, string>): Promise<string> {
  const answer = await fetch(`${oidc}/token`, {
    method: "POST",
    body: new URLSearchParams({ client_id: host.clientId, ...fields }),
  });
  if (!answer.ok) {
    throw new SignedOut();
  }
  const tokens = (await answer.json()) as Tokens;
  current = { tokens, until: Date.now() + tokens.expires_in * 1000 - EARLY_MS };
  return tokens.access_token;
}

async function silently(): Promise<string> {
  const verifier = random(48);
  const state = random(16);
  const query = new URLSearchParams({
    client_id: host.clientId,
    redirect_uri: host.consoleUrl,
    response_type: "code",
    response_mode: "query",
    scope: "openid",
    prompt: "none",
    state,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
  });
  const landed = new URL((await fetch(`${oidc}/auth?${query}`)).url).searchParams;
  const code = landed.get("code");
  if (!code || landed.get("state") !== state) {
    throw new SignedOut();
  }
  return exchange({
    grant_type: "authorization_code",
    code,
    redirect_uri: host.consoleUrl,
    code_verifier: verifier,
  });
}

function renew(): Promise<string> {
  const refresh = current?.tokens.refresh_token;
  return refresh
    ? exchange({ grant_type: "refresh_token", refresh_token: refresh }).catch(silently)
    : silently();
}

/** An access token that is good now. */
export function token(): Promise<string> {
  if (current && current.until > Date.now()) {
    return Promise.resolve(current.tokens.access_token);
  }
  underway ??= renew().finally(() => (underway = undefined));
  return underway;
}

/** Forgets the token, which the server has refused. */
export function forgetToken(): void {
  current = undefined;
}

/** Who is signed in. */
export async function userId(): Promise<string> {
  await token();
  const claims = current?.tokens.id_token?.split(".")[1];
  if (!claims) {
    return "";
  }
  return (JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/"))) as { sub: string }).sub;
}
