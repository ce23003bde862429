/** What the console's page says of where we are. */
type Environment = {
  serverBaseUrl: string;
  realm: string;
  clientId: string;
  baseUrl: string;
  locale: string;
};

function read(): Environment {
  const text = document.getElementById("environment")?.textContent;
  return JSON.parse(text ?? "{}") as Environment;
}

const environment = read();
const server = (environment.serverBaseUrl ?? "").replace(/\/+$/, "");

export const host = {
  server,
  realm: environment.realm,
  realmUrl: `${server}/realms/${encodeURIComponent(environment.realm)}`,
  clientId: environment.clientId,
  /** The console, with a slash at the end. */
  consoleUrl: `${(environment.baseUrl ?? "").replace(/\/+$/, "")}/`,
  locale: environment.locale || "en",
  /** The address of our page, to which links and sign-ins come back. */
  get pageUrl() {
    return `${this.consoleUrl}content/api-keys`;
  },
};
