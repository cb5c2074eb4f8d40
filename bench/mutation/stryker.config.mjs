/**
 * Stryker's settings; run.mjs calls it. The mutated files are TypeScript, so a survivor's line is the source's. Words of error
 * messages are left out (message-text.mjs); every other default mutator of Stryker runs.
 */
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Slow tests that say again what a quicker one says, and those that ask whether the checker finds a student's errors; without them a
 * mutant that survives costs 10 s instead of 30.
 */
const left = [
  "every row passes with seed [12]",
  "which wrong program would pass",
  "a chain of 200,000 steps",
  "in 400 ms of busy work",
];

export default {
  mutate: [
    "manual/layer.ts",
    "manual/{activations,layers,losses,models,optimizers}/*.ts",
    "autograd/{op,ops,tape,backward,step-back,pullback}.ts",
  ],
  plugins: ["@stryker-mutator/mocha-runner", at("message-text.mjs")],
  ignorers: ["message-text"],
  testRunner: "mocha",
  mochaOptions: {
    config: at("mocharc.json"),
    package: at("package.json"),
    grep: `^(?!.*(${left.join("|")}))`,
  },
  coverageAnalysis: "perTest",
  // Stryker would rewrite it with the compiler's API, which TypeScript 7 does not have; nothing in it needs to change.
  tsconfigFile: "none",
  buildCommand: "node ../../../../node_modules/typescript/bin/tsc -p .",
  // A fresh process for each mutant: one that leaves recording switched off would let every later one be "killed".
  maxTestRunnerReuse: 1,
  // Nothing here loops for ever: a mutant that takes long means a slow machine, and must not count as killed.
  timeoutMS: 60_000,
  timeoutFactor: 4,
  concurrency: 2,
  tempDirName: ".build/mutation/sandboxes",
  reporters: ["json", "progress-append-only"],
  jsonReporter: { fileName: ".build/mutation/report.json" },
  ignorePatterns: ["/.build/mutation", "/notebooks", "/report", "/bench"],
  allowConsoleColors: false,
};
