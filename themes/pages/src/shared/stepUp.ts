/**
 * A fresh sign-in and the way back: what somebody had in hand waits in this tab, is taken up once,
 * and never holds a secret.
 */
import { host } from "./host";
import { challenge, random, userId } from "./token";

const WAITING = "access-keys.unfinished";
const AT_MOST_MS = 15 * 60_000;

/** What a person was about to do: `what` names the dialog, `values` is what it held. */
export type Unfinished = { what: "create" | "edit" | "roll"; id?: string; values: unknown };

type Kept = Unfinished & { user: string; at: number };

/**
 * Leaves for the sign-in page; does not come back to the caller.
 *
 * @param maxAge how many seconds ago the person may have signed in; however long if none
 */
export async function signInAgain(maxAge?: number, unfinished?: Unfinished): Promise<never> {
  if (unfinished) {
    const kept: Kept = { ...unfinished, user: await userId(), at: Date.now() };
    sessionStorage.setItem(WAITING, JSON.stringify(kept));
  }
  const query = new URLSearchParams({
    client_id: host.clientId,
    redirect_uri: host.pageUrl,
    response_type: "code",
    response_mode: "query",
    scope: "openid",
    state: random(16),
    ...(maxAge !== undefined && { max_age: String(maxAge) }),
    // The page signs itself in when it is back; this code is for nobody.
    code_challenge: await challenge(random(48)),
    code_challenge_method: "S256",
  });
  location.assign(`${host.realmUrl}/protocol/openid-connect/auth?${query}`);
  return new Promise(() => {});
}

/** What was in hand, once; nothing if somebody else has signed in since. */
export async function takeUnfinished(): Promise<Unfinished | undefined> {
  const text = sessionStorage.getItem(WAITING);
  sessionStorage.removeItem(WAITING);
  if (!text) {
    return undefined;
  }
  const kept = JSON.parse(text) as Kept;
  return kept.at > Date.now() - AT_MOST_MS && kept.user === (await userId()) ? kept : undefined;
}
