/**
 * The one file with a lasting name. Browsers keep it for a month, so all it knows is where to ask
 * for the names of the others, and it imports none: theirs change.
 */
type Manifest = { account?: string; admin?: string; style?: string };

const STYLE_AT_MOST_MS = 3000;

const here = import.meta.url;

type Environment = { serverBaseUrl: string; realm: string; consoleBaseUrl?: string; standaloneUrl?: string };

const environment = JSON.parse(document.getElementById("environment")?.textContent ?? "{}") as Environment;
/** The Admin Console names its own address so, and we our own page; the Account Console does neither. */
const isAdmin = (environment.consoleBaseUrl ?? environment.standaloneUrl) !== undefined;

function manifestUrl(): string {
  const { serverBaseUrl, realm } = environment;
  return `${serverBaseUrl.replace(/\/+$/, "")}/realms/${encodeURIComponent(realm)}/access-keys/ui/manifest.json`;
}

/** Before the console's own style sheets, so that where both say something, theirs counts. */
function addStyle(file: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(file, here).href;
  if (document.querySelector(`link[href="${link.href}"]`)) {
    return Promise.resolve();
  }
  return new Promise((done) => {
    link.onload = link.onerror = () => done();
    setTimeout(done, STYLE_AT_MOST_MS);
    document.head.prepend(link);
  });
}

async function load(): Promise<() => unknown> {
  const answer = await fetch(manifestUrl(), { cache: "no-cache" });
  const files = (answer.ok ? await answer.json() : {}) as Manifest;
  const script = isAdmin ? files.admin : files.account;
  if (!script) {
    // The extension is gone, and the browser has its menu from before.
    return () => null;
  }
  if (files.style) {
    await addStyle(files.style);
  }
  const page = (await import(/* @vite-ignore */ new URL(script, here).href)) as {
    default: () => unknown;
  };
  return page.default;
}

const page = await load();
if (isAdmin) {
  // Nobody imports this from a menu: it puts itself there.
  page();
}

export default page;
