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
  /** Of the page for administrators that stands alone. */
  standaloneUrl?: string;
  adminBaseUrl?: string;
};

function read(): Environment {
  const text = document.getElementById("environment")?.textContent;
  return JSON.parse(text ?? "{}") as Environment;
}

const environment = read();
const withoutSlash = (url = "") => url.replace(/\/+$/, "");
const server = withoutSlash(environment.serverBaseUrl);
const ownUrl = environment.baseUrl ?? environment.consoleBaseUrl ?? environment.standaloneUrl ?? "";

export const host = {
  server,
  /** The realm in which the person has signed in. */
  realm: environment.realm,
  realmUrl: `${server}/realms/${encodeURIComponent(environment.realm)}`,
  /** Where the Admin REST API has its realms. */
  adminUrl: `${withoutSlash(environment.adminBaseUrl)}/admin/realms`,
  clientId: environment.clientId,
  isStandalone: environment.standaloneUrl !== undefined,
  /** The console, or the page that stands alone, with a slash at the end. */
  consoleUrl: `${withoutSlash(new URL(ownUrl, location.href).href)}/`,
  /** In which everything is written. */
  locale: environment.locale || document.documentElement.lang || "en",
  /** The address of our page, to which links and sign-ins come back. */
  get pageUrl() {
    return this.isStandalone ? this.consoleUrl : `${this.consoleUrl}content/api-keys`;
  },
  /** A place in the Admin Console. */
  inAdminConsole(realm: string, ...place: string[]) {
    const hash = `#/${[realm, ...place].map(encodeURIComponent).join("/")}`;
    return this.isStandalone
      ? `${withoutSlash(environment.adminBaseUrl)}/admin/${encodeURIComponent(realm)}/console/${hash}`
      : hash;
  },
};
