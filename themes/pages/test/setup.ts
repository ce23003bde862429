import { cleanup } from "@testing-library/react";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach } from "vitest";

// Where the modules under test look for the console's page when they are loaded.
document.body.innerHTML = `<script id="environment" type="application/json">${JSON.stringify({
  serverBaseUrl: "http://localhost:3000",
  realm: "acme",
  clientId: "account-console",
  baseUrl: "http://localhost:3000/realms/acme/account/",
  locale: "en",
})}</script>`;

// Node's own, beside which jsdom has none.
Object.defineProperty(globalThis, "TextEncoder", { value: TextEncoder });

const { setMessages } = await import("../src/shared/messages");
const file = join(import.meta.dirname, "../../src/main/resources/access-keys/messages/messages_en.properties");
setMessages(
  Object.fromEntries(
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.includes("="))
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  ),
);

afterEach(cleanup);
