import { expect } from "chai";
import { commandRunner } from "./run.ts";

const run = commandRunner();
/** A busy machine takes its time to end a process; what is ours to do takes 20 to 160 ms. */
const allowedMs = 400;

describe("chalk-and-tape: an interrupt ends it at once, with nothing half-written", () => {
  before(function () {
    if (process.platform === "win32") this.skip(); // There kill() ends a process without asking it.
  });

  const digits = ["compare", "--dataset", "digits", "--report", "r"];
  const short = ["compare", "--dataset", "moons", "--epochs", "1", "--limit", "9", "--report", "r"];
  for (const [where, args, signal, status, shown, laterMs] of [
    ["in the middle of an epoch", digits, "SIGINT", 130, /Mlp \(/, 300],
    ["while digits are drawn", digits, "SIGINT", 130, null, 700],
    ["by SIGTERM, in the middle of an epoch", digits, "SIGTERM", 143, /Mlp \(/, 300],
    ["while the report is drawn", short, "SIGINT", 130, /✓/, 150],
    ["while a large network is checked", ["gradcheck", "Mlp", "--full"], "SIGINT", 130, null, 1000],
  ] as const)
    it(where, async () => {
      // Before its handlers stand, a signal ends node itself, without a status: then ask again, later.
      for (let wait: number = laterMs; ; wait += 500) {
        let [sent, asked] = [0, false];
        const outcome = await run(args, {
          onStart: (child, printed) => {
            const interrupt = (): void => {
              sent = performance.now();
              child.kill(signal);
            };
            const ask = (): void => {
              if (asked || (shown && !shown.test(printed()))) return;
              asked = true;
              setTimeout(interrupt, wait);
            };
            if (shown) child.stdout?.on("data", ask);
            else ask();
          },
        });
        const tookMs = performance.now() - sent;
        if (outcome.status === null && wait < 3000) continue;
        expect([outcome.status, outcome.left], outcome.stderr).to.deep.equal([status, []]);
        expect(tookMs).to.be.below(allowedMs);
        return;
      }
    });
});
