import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

it("the types of the pages are those of the OpenAPI document; if not: npm run contract", () => {
  const check = () =>
    execFileSync(
      process.execPath,
      [
        join(ROOT, "themes/node_modules/openapi-typescript/bin/cli.js"),
        join(ROOT, "providers/src/main/resources/access-keys/openapi.json"),
        "--output",
        join(ROOT, "themes/pages/src/shared/contract.ts"),
        "--check",
      ],
      { stdio: "pipe" },
    );
  expect(check).not.toThrow();
});
