import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Starts one process of one contender. `turn()` lets it go on until it has written "turn"; `end()` gives its result, which is its last line as
 * JSON, or `{ failed }` with the reason. Of a job that measures whole processes, `wall`, the result is the time from start to end. A command
 * with `settings` is told them and the job's as JSON.
 */
export function launch({ file, args, env, settings }, spec, timeoutSeconds) {
  const start = performance.now();
  const more = settings === undefined ? [] : [JSON.stringify({ ...spec, ...settings })];
  const child = spawn(file, [...args, ...more], {
    env: { ...process.env, ...env },
    stdio: [spec.wall ? "ignore" : "pipe", "pipe", "pipe"],
  });
  child.stdin?.on("error", () => undefined); // one that has ended hears nothing: its result says why
  let [last, stderr] = ["", ""];
  let answer = null;
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line === "turn") answer?.();
    else if (line.trim()) last = line;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });

  const result = new Promise((done) => {
    child.on("error", (error) => done({ failed: error.message }));
    child.on("close", (status, signal) => {
      const wallMs = performance.now() - start;
      if (signal) return done({ failed: `ended by ${signal} after ${Math.round(wallMs / 1000)} s` });
      if (status !== 0) return done({ failed: reason(stderr) || `exit status ${status}` });
      if (spec.wall) return done({ value: wallMs });
      try {
        done(JSON.parse(last));
      } catch {
        done({ failed: `its last line is not JSON: ${last}` });
      }
    });
  });

  /** A process that lets us wait too long is ended. */
  async function within(waiting) {
    const timer = setTimeout(() => child.kill(), timeoutSeconds * 1000);
    try {
      return await waiting;
    } finally {
      clearTimeout(timer);
    }
  }
  return {
    turn() {
      const answered = new Promise((resolve) => {
        answer = resolve;
      });
      child.stdin.write("\n");
      return within(Promise.race([answered, result]));
    },
    end() {
      child.stdin?.end();
      return within(result);
    },
  };
}

/** The line that names the error, in a Node's or a Python's last words. */
function reason(stderr) {
  const lines = stderr
    .split("\n")
    .filter((line) => /^(\w*Error|Uncaught)\b.*:|^\w*(Error|Exception): /.test(line.trim()));
  return lines.at(-1)?.trim() ?? stderr.trim().split("\n").at(-1);
}
