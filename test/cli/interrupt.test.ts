import { readFileSync } from "node:fs";
import { expect } from "chai";
import { skipUnless } from "../skip.ts";
import { commandRunner } from "./run.ts";

const run = commandRunner();
/**
 * What a process may compute between the signal and its end; without the signal it would compute
 * for many seconds. On a busy machine it also waits for its turn, which proves nothing.
 */
const allowedMs = 800;

/** Prints what the process has computed, in ms, as the last line of its stderr. */
const witness = `process.on("exit", () => {
  const { user, system } = process.cpuUsage();
  console.error("computed " + (user + system) / 1000);
});`;

/** What a process has computed up to now, in ms; Linux only. */
function computedMs(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1) ?? "";
  const [user, system] = afterName.split(" ").slice(11, 13).map(Number);
  return 10 * ((user ?? 0) + (system ?? 0)); // the kernel counts in hundredths of a second
}

describe("chalk-and-tape: an interrupt ends it at once, with nothing half-written", () => {
  before(function () {
    // On Windows kill() ends a process without asking it.
    skipUnless(this, process.platform !== "win32", "signals that a process can catch");
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
      let wait: number = laterMs;
      for (;;) {
        let [computed, asked] = [0, false];
        const outcome = await run(args, {
          node: ["--import", `data:text/javascript,${encodeURIComponent(witness)}`],
          onStart: (child, printed) => {
            const interrupt = (): void => {
              if (child.exitCode !== null) return;
              if (process.platform === "linux" && child.pid) computed = computedMs(child.pid);
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
        // Before its handlers stand, a signal ends node itself, without a status: then ask again, later.
        // If it was done before the signal came, ask again, earlier.
        if (outcome.status === null || outcome.status === 0) {
          wait = outcome.status === null ? wait * 2 : wait / 2;
          continue;
        }
        expect([outcome.status, outcome.left], outcome.stderr).to.deep.equal([status, []]);
        const [, atEnd] = /computed (\S+)\n$/.exec(outcome.stderr) ?? [];
        if (computed > 0) expect(Number(atEnd) - computed).to.be.below(allowedMs);
        return;
      }
    });
});
