/** What the page of either console says of where we are. */
type Environment = {
  serverBaseUrl: string;
  realm: string;
  clientId: string;
  locale?: string;
  /** Of the Account Console. */
  baseUrl?: string;
  /** Of the Admin Console. */
  consoleBaseUrl?: string;
  adminBaseUrl?: string;
};

function read(): Environment {
  const text = document.getElementById("environment")?.textContent;
  return JSON.parse(text ?? "{}") as Environment;
}

const environment = read();
const withoutSlash = (url = "") => url.replace(/\/+$/, "");
const server = withoutSlash(environment.serverBaseUrl);

export const host = {
  server,
  /** The realm in which the person has signed in. */
  realm: environment.realm,
  realmUrl: `${server}/realms/${encodeURIComponent(environment.realm)}`,
  /** Where the Admin REST API has its realms. */
  adminUrl: `${withoutSlash(environment.adminBaseUrl)}/admin/realms`,
  clientId: environment.clientId,
  /** The console, with a slash at the end. */
  consoleUrl: `${withoutSlash(new URL(environment.baseUrl ?? environment.consoleBaseUrl ?? "", location.href).href)}/`,
  locale: environment.locale || document.documentElement.lang || "en",
  /** The address of our page in the Account Console, to which links and sign-ins come back. */
  get pageUrl() {
    return `${this.consoleUrl}content/api-keys`;
  },
};
