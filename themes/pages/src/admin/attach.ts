import { createElement } from "react";
import type { Root } from "react-dom/client";
import { host } from "../shared/host";
import { t } from "../shared/messages";
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

function link(): HTMLAnchorElement | undefined {
  const known = document.getElementById(LINK);
  const beside = document.getElementById(BESIDE)?.closest("li");
  if (known || !beside) {
    return (known as HTMLAnchorElement | null) ?? undefined;
  }
  const item = document.createElement("li");
  item.className = beside.className;
  const made = document.createElement("a");
  made.id = LINK;
  made.className = "pf-v5-c-nav__link";
  made.textContent = t("accessKeyAdmin");
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
  let waiting = false;
  // The console draws itself again and again: once a frame is enough for us.
  const soon = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        show();
      });
    }
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  addEventListener("hashchange", soon);
  soon();
}
