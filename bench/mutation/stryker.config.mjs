/**
 * Stryker's settings; run.mjs calls it. The mutated files are TypeScript, so a survivor's line is the source's. Words of error
 * messages are left out (message-text.mjs); every other default mutator of Stryker runs.
 */
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Slow tests that say again what a quicker one says; without them a mutant that survives costs 10 s instead of 30. */
const slow = ["every row passes with seed [12]", "a chain of 200,000 steps", "in 400 ms of busy work"];

export default {
  mutate: [
    "manual/layer.ts",
    "manual/{activations,layers,losses,models,optimizers}/*.ts",
    "autograd/{op,ops,tape}.ts",
  ],
  plugins: ["@stryker-mutator/mocha-runner", at("message-text.mjs")],
  ignorers: ["message-text"],
  testRunner: "mocha",
  mochaOptions: {
    config: at("mocharc.json"),
    package: at("package.json"),
    grep: `^(?!.*(${slow.join("|")}))`,
  },
  coverageAnalysis: "perTest",
  // Stryker would rewrite it with the compiler's API, which TypeScript 7 does not have; nothing in it needs to change.
  tsconfigFile: "none",
  buildCommand: "node ../../../../node_modules/typescript/bin/tsc -p .",
  // A fresh process for each mutant: one that leaves recording switched off would let every later one be "killed".
  maxTestRunnerReuse: 1,
  concurrency: 2,
  tempDirName: ".build/mutation/sandboxes",
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: ".build/mutation/report.json" },
  ignorePatterns: ["/.build/mutation", "notebooks", "report", "bench"],
  allowConsoleColors: false,
};
