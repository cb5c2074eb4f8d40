/**
 * Mutation testing of chalk's backwards and of the tape, by Stryker: `npm run mutation` in the project's root. It builds, changes
 * one thing at a time in a copy, runs the tests that reach it, and judges the survivors (judge.mjs). Not part of `npm test`.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const stryker = "bench/mutation/node_modules/@stryker-mutator/core/bin/stryker.js";
const compiler = "node_modules/typescript/bin/tsc";

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

if (!existsSync(new URL(stryker, `file://${root}`))) {
  console.error("mutation: Stryker is not installed; first run `npm ci --prefix bench/mutation`");
  process.exit(1);
}
const started = Date.now();
run(compiler, "-p", ".");
run(compiler, "-p", "test");
run(stryker, "run", "bench/mutation/stryker.config.mjs");
console.log(`${Math.round((Date.now() - started) / 60_000)} minutes`);
run("bench/mutation/judge.mjs", ...process.argv.slice(2));
