import { spawn } from "node:child_process";

/**
 * One process of one contender: its result, which is its last line as JSON, or `{ failed }` with the reason. Of a job that measures
 * whole processes, `wall`, the result is the time from start to end. A command with `settings` is told them and the job's as JSON.
 */
export function launch({ file, args, env, settings }, spec, timeoutSeconds) {
  return new Promise((done) => {
    const start = performance.now();
    const more = settings === undefined ? [] : [JSON.stringify({ ...spec, ...settings })];
    const child = spawn(file, [...args, ...more], {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutSeconds * 1000,
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", (error) => done({ failed: error.message }));
    child.on("close", (status, signal) => {
      const wallMs = performance.now() - start;
      if (signal) return done({ failed: `ended by ${signal} after ${Math.round(wallMs / 1000)} s` });
      if (status !== 0) return done({ failed: reason(stderr) ?? `exit status ${status}` });
      if (spec.wall) return done({ value: wallMs });
      try {
        done(JSON.parse(stdout.trim().split("\n").at(-1)));
      } catch {
        done({ failed: `its last line is not JSON: ${stdout.trim().split("\n").at(-1)}` });
      }
    });
  });
}

/** The line that names the error, in a Node's or a Python's last words. */
function reason(stderr) {
  const lines = stderr
    .split("\n")
    .filter((line) => /^(\w*Error|Uncaught)\b.*:|^\w*(Error|Exception): /.test(line.trim()));
  return lines.at(-1)?.trim() ?? stderr.trim().split("\n").at(-1);
}
