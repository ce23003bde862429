import { createElement } from "react";
import type { Root } from "react-dom/client";
import { host } from "../shared/host";
import { loadMessages, t } from "../shared/messages";
import { AdminPage } from "./AdminPage";
import { createRoot } from "./root";

const BESIDE = "nav-item-realm-settings";
const LINK = "nav-item-access-keys";
const MAIN = "main.pf-v5-c-page__main";
const ELEMENT = "access-keys-admin";
const MARK = "data-access-keys";

/** `<access-keys-admin realm="acme">`. */
class AccessKeysAdmin extends HTMLElement {
  private root?: Root;

  connectedCallback() {
    this.root = createRoot(this);
    this.root.render(createElement(AdminPage, { realm: this.getAttribute("realm") ?? host.realm }));
  }

  disconnectedCallback() {
    this.root?.unmount();
  }
}

/** The realm that the console shows, and whether it is at our address. */
function place(): { realm: string; ours: boolean } {
  const [realm, page] = location.hash.replace(/^#\/*/, "").split(/[/?]/);
  return { realm: realm ? decodeURIComponent(realm) : host.realm, ours: page === "access-keys" };
}

/**
 * The language of the console, which it tells nobody: that of the texts it has fetched. It always
 * has the English ones, for what is not translated.
 */
function language(): string {
  const fetched = performance
    .getEntriesByType("resource")
    .map(({ name }) => /\/resources\/[^/]+\/admin\/([\w-]+)$/.exec(name)?.[1]);
  return fetched.filter((locale) => locale && locale !== "en").pop() ?? "en";
}

function link(): HTMLAnchorElement | undefined {
  const known = document.getElementById(LINK);
  const items = document.querySelectorAll("a[id^=nav-item-]");
  // Whoever may not see the settings of the realm has a menu without them.
  const beside = (document.getElementById(BESIDE) ?? items[items.length - 1])?.closest("li");
  if (known || !beside) {
    return (known as HTMLAnchorElement | null) ?? undefined;
  }
  const item = document.createElement("li");
  item.className = beside.className;
  const made = document.createElement("a");
  made.id = LINK;
  made.className = "pf-v5-c-nav__link";
  item.append(made);
  beside.after(item);
  return made;
}

function setUnlessSame(element: Element, attribute: string, value: string | undefined) {
  if (value === undefined) {
    element.removeAttribute(attribute);
  } else if (element.getAttribute(attribute) !== value) {
    element.setAttribute(attribute, value);
  }
}

function show() {
  const { realm, ours } = place();
  const way = link();
  if (way) {
    if (way.textContent !== t("accessKeyAdmin")) {
      way.textContent = t("accessKeyAdmin");
    }
    setUnlessSame(way, "href", `#/${encodeURIComponent(realm)}/access-keys`);
    setUnlessSame(way, "class", `pf-v5-c-nav__link${ours ? " pf-m-current" : ""}`);
    setUnlessSame(way, "aria-current", ours ? "page" : undefined);
  }
  const main = document.querySelector(MAIN);
  const page = main?.querySelector(ELEMENT);
  if (page && !(ours && page.getAttribute("realm") === realm)) {
    page.remove();
  }
  if (main && ours && !main.querySelector(ELEMENT)) {
    const made = document.createElement(ELEMENT);
    made.setAttribute("realm", realm);
    main.append(made);
  }
  main?.toggleAttribute(MARK, ours);
}

/**
 * Puts the page into the stock Admin Console, which has no place for pages of others: a link beside
 * "Realm settings", and the page in place of what the console would show at its address. Where the
 * console is not as it was in 26.7 there is no link, and all else is as it was.
 */
export function attach(): void {
  customElements.define(ELEMENT, AccessKeysAdmin);
  let texts: Promise<void> | undefined;
  const speak = async (locale: string) => {
    host.locale = locale;
    await loadMessages();
    // What is there is written in another language.
    document.querySelector(ELEMENT)?.remove();
  };
  let waiting = false;
  // The console draws itself again and again: once a frame is enough for us.
  const soon = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        if (!texts || host.locale !== language()) {
          texts = speak(language());
        }
        void texts.then(show);
      });
    }
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  addEventListener("hashchange", soon);
  soon();
}
