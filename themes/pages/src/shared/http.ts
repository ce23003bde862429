import type { Key } from "./key";
import { SignedOut, forgetToken, token } from "./token";

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

/** Remembers the server's clock. */
export function setClock(instant: string): void {
  clockAhead = Date.parse(instant) - Date.now();
}

async function send(method: string, url: string, body?: unknown, headers: Record<string, string> = {}) {
  return fetch(url, {
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

/** A request with the token of whoever is signed in; throws what was wrong. */
export async function call(method: string, url: string, body?: unknown, headers?: Record<string, string>) {
  let answer = await send(method, url, body, headers);
  if (answer.status === 401 && !answer.headers.get("WWW-Authenticate")?.includes("max_age")) {
    forgetToken();
    answer = await send(method, url, body, headers);
  }
  if (!answer.ok) {
    throw await refusal(answer);
  }
  return answer;
}

export async function json<T>(answer: Promise<Response>): Promise<T> {
  return (await (await answer).json()) as T;
}

export const ifMatch = (key: Key) => ({ "If-Match": `"${key.version}"` });
export const path = (id: string) => `/${encodeURIComponent(id)}`;
export const query = (fields: Record<string, string | undefined>) => {
  const given = Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1]));
  return given.length ? `?${new URLSearchParams(given)}` : "";
};

/** What comes after a page, if anything does. */
export function next(answer: Response): string | undefined {
  const link = /<([^>]*)>;\s*rel="?next"?/.exec(answer.headers.get("Link") ?? "")?.[1];
  return link ? (new URL(link, location.href).searchParams.get("after") ?? undefined) : undefined;
}
