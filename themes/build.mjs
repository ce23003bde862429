// What Maven runs: fetches what the lock file names, checks, tests and builds the pages, and holds
// them to their budgets. Each step is left out while nothing that it depends on has changed.
//
//   node build.mjs [skipTests]

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const OUT = "target/ui/access-keys/ui";
const BUDGETS = { account: 80 * 1024, admin: 90 * 1024 };

process.chdir(import.meta.dirname);
const skipTests = process.argv.includes("skipTests");

const npm = (...args) => execFileSync("npm", args, { stdio: "inherit" });

const digest = (files) => {
  const hash = createHash("sha256").update(process.version);
  for (const file of files) hash.update(file).update("\0").update(readFileSync(file));
  return hash.digest("hex");
};

const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => !file.includes("node_modules") && statSync(file).isFile())
    .sort();

/** Does something unless it was done for these very files. */
const once = (stamp, files, doIt) => {
  const now = digest(files);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return false;
  rmSync(stamp, { force: true });
  doIt();
  writeFileSync(stamp, now);
  return true;
};

const lock = ["package.json", "pages/package.json", "package-lock.json"];
once("node_modules/.fits-the-lock", lock, () => npm("ci", "--ignore-scripts"));

// The types of the pages are generated from this document (npm run contract).
const contract = "../providers/src/main/resources/access-keys/openapi.json";
const sources = [...lock, "build.mjs", "eslint.config.js", contract, ...filesBelow("pages")];
mkdirSync("target", { recursive: true });
const stamps = ["target/built", "target/tested"];
const built = once(stamps[skipTests ? 0 : 1], sources, () => {
  // What is built now is what the other was given for, or it is not.
  for (const stamp of stamps) rmSync(stamp, { force: true });
  npm("run", "--silent", "lint");
  npm("run", "--silent", "typecheck");
  if (!skipTests) npm("run", "--silent", "test");
  npm("run", "--silent", "build", "--", "--logLevel", "warn");
});
if (!built && existsSync(join(OUT, "manifest.json"))) {
  console.log("The pages are built from these sources already");
} else if (!built) {
  npm("run", "--silent", "build", "--", "--logLevel", "warn");
}

let tooBig = false;
for (const [page, budget] of Object.entries(BUDGETS)) {
  const size = readdirSync(OUT)
    // Its own, and what it shares with the other page.
    .filter((name) => name.endsWith(".js") && [page, "shared", "loader"].some((part) => name.startsWith(part)))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(OUT, name))).length, 0);
  console.log(`${page}: ${(size / 1024).toFixed(1)} KB of gzipped JavaScript, budget ${budget / 1024} KB`);
  tooBig ||= size > budget;
}
if (tooBig) process.exit(1);
