/** The texts of the theme in the person's language, with what the realm has changed. */
import { host } from "./host";

let texts: Record<string, string> = {};

export async function loadMessages(): Promise<void> {
  const answer = await fetch(
    `${host.server}/resources/${encodeURIComponent(host.realm)}/account/${encodeURIComponent(host.locale)}`,
  );
  const entries = answer.ok ? ((await answer.json()) as { key: string; value: string }[]) : [];
  texts = Object.fromEntries(
    entries.filter(({ key }) => key.startsWith("accessKey")).map(({ key, value }) => [key, value]),
  );
}

/** For tests. */
export function setMessages(messages: Record<string, string>): void {
  texts = messages;
}

/** A message as Java's MessageFormat would write it; its key if there is none. */
export function t(key: string, ...values: (string | number)[]): string {
  const text = texts[key];
  if (text === undefined) {
    return key;
  }
  return text
    .replace(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole))
    .replace(/''/g, "'");
}

export function has(key: string): boolean {
  return key in texts;
}
