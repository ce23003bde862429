// Where the time of the last `mvn verify` went: seconds per test class of each round, and per build and start of a
// server. Reads the reports that Maven has left; run it after every run.
//
//   node .ci/times.mjs [<rows>]       the slowest test classes of each round (30 unless told)
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shown = Number(process.argv[2] ?? 30);

/** The rounds in which tests run, with the folder of their reports. */
const rounds = [
  ["unit tests", "providers/target/surefire-reports"],
  ["unit tests of the bench", "providers/bench/target/surefire-reports"],
  ["integration tests, newest Keycloak", "providers/it/target/failsafe-reports"],
  ["integration tests, two nodes", "providers/it/target/failsafe-reports/cluster"],
  ["integration tests, oldest Keycloak", "providers/it/target/failsafe-reports/oldest"],
  ["unit tests of the stories", "realm-config/target/surefire-reports"],
  ["stories, newest Keycloak", "realm-config/target/failsafe-reports"],
  ["stories, oldest Keycloak", "realm-config/target/failsafe-reports/oldest"],
];

function attribute(tag, name) {
  return tag.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? "";
}

function suites(folder) {
  return readdirSync(folder)
    .filter((file) => file.startsWith("TEST-") && file.endsWith(".xml"))
    .map((file) => {
      const path = join(folder, file);
      const tag = readFileSync(path, "utf8").match(/<testsuite\b[^>]*>/)[0];
      const seconds = Number(attribute(tag, "time"));
      return {
        name: attribute(tag, "name").replace(/^io\.accesskeys\./, ""),
        tests: Number(attribute(tag, "tests")),
        bad: Number(attribute(tag, "errors")) + Number(attribute(tag, "failures")),
        skipped: Number(attribute(tag, "skipped")),
        seconds,
        end: statSync(path).mtimeMs / 1000,
      };
    })
    .sort((one, other) => other.seconds - one.seconds);
}

function sum(rows, member) {
  return rows.reduce((total, row) => total + row[member], 0);
}

function line(seconds, rest) {
  return `${seconds.toFixed(1).padStart(8)}  ${rest}`;
}

let firstBegin = Infinity;
for (const [title, folder] of rounds) {
  const path = join(root, folder);
  const all = existsSync(path) ? suites(path) : [];
  if (all.length === 0) {
    continue;
  }
  const begin = Math.min(...all.map((row) => row.end - row.seconds));
  firstBegin = Math.min(firstBegin, begin);
  const wall = Math.max(...all.map((row) => row.end)) - begin;
  console.log(
    `\n${title}: ${sum(all, "tests")} tests in ${all.length} classes, ${sum(all, "bad")} failed,` +
      ` ${sum(all, "skipped")} skipped; ${sum(all, "seconds").toFixed(0)} s in them, ${wall.toFixed(0)} s by the clock`,
  );
  all.slice(0, shown).forEach((row) => console.log(line(row.seconds, `${row.name} (${row.tests})`)));
}

const times = join(root, "target/keycloak/times.tsv");
if (existsSync(times)) {
  const rows = readFileSync(times, "utf8")
    .trim()
    .split("\n")
    .map((row) => row.split("\t"))
    .map(([at, test, what, home, seconds]) => ({ at, test, what, home, seconds: Number(seconds) }))
    .filter((row) => Number(row.at) >= firstBegin);
  console.log(`\nservers: ${rows.length} builds, warm-ups and starts, ${sum(rows, "seconds").toFixed(0)} s`);
  rows.forEach((row) => console.log(line(row.seconds, `${row.what} of ${row.home} for ${row.test}`)));
}
