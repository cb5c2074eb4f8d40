import { type Attack, during, wrong, wrongAnswer } from "../attack.ts";

/** Ends, signals and starts of processes. */
export const processAttacks: readonly Attack[] = [
  {
    name: "exit(0) while loading",
    aims: "grader",
    text: "process.exit(0);",
    ends: /ended/,
    control: "naive",
  },
  {
    name: "exit(0) in the first call",
    aims: "grader",
    text: during("process.exit(0)"),
    ends: /ended/,
    control: "naive",
  },
  {
    name: "reallyExit",
    aims: "grader",
    text: "(process as any).reallyExit(0);",
    ends: /ended/,
    control: "naive",
  },
  { name: "abort", aims: "grader", text: "process.abort();", ends: /ended/ },
  { name: "kills itself", aims: "grader", text: `process.kill(process.pid, "SIGKILL");`, ends: /ended/ },
  { name: "never finishes loading", aims: "time", text: "await new Promise(() => {});", ends: /ended|time/ },
  {
    name: "keeps the event loop busy",
    aims: "time",
    text: `setInterval(() => {}, 1); await new Promise(() => {});`,
    ends: /time/,
  },
  {
    name: "kills a process of the grader's",
    aims: "processes",
    text: `try { process.kill(target.victim, "SIGKILL"); } catch {} ${wrong}`,
    ends: wrongAnswer,
    control: "victim",
  },
  {
    name: "kills everything that it may",
    aims: "processes",
    text: `if (target.walled) try { process.kill(-1, "SIGKILL"); } catch {} ${wrong}`,
    ends: /./,
  },
  {
    name: "kills its group",
    aims: "processes",
    text: `if (target.walled) try { process.kill(0, "SIGKILL"); } catch {} ${wrong}`,
    ends: /ended/,
  },
  {
    name: "stops its parent",
    aims: "processes",
    text: `if (target.walled) try { process.kill(process.ppid, "SIGSTOP"); } catch {} ${wrong}`,
    ends: wrongAnswer,
  },
  {
    name: "ignores SIGTERM and stays",
    aims: "time",
    text: `for (const name of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(name, () => {}); while (true);`,
    ends: /time/,
  },
  {
    name: "starts a shell",
    aims: "programs",
    text: `import { spawnSync } from "node:child_process";
      try { spawnSync("/bin/sh", ["-c", "echo here > " + target.marker]); } catch {} ${wrong}`,
    ends: wrongAnswer,
    control: "marker",
  },
  {
    name: "leaves a process behind",
    aims: "processes",
    text: `import { spawn } from "node:child_process";
      try {
        const late = "setTimeout(() => require('fs').writeFileSync(process.argv[1], ''), 300)";
        spawn(process.execPath, ["--eval", late, target.marker], { detached: true, stdio: "ignore" }).unref();
      } catch {}
      process.exit(0);`,
    ends: /ended/,
    control: "marker",
  },
  {
    name: "a fork bomb",
    aims: "processes",
    text: `import { spawn } from "node:child_process";
      const bomb = () => { try { for (let i = 0; i < 1000; i++) spawn(process.execPath, [process.argv[1]!, ...process.argv.slice(2)]).on("error", () => {}); } catch {} };
      if (target.walled) { bomb(); setInterval(bomb, 1); }
      await new Promise(() => {});`,
    ends: /time|ended/,
  },
  {
    name: "a thread that goes on",
    aims: "Node's --permission",
    text: `import { Worker } from "node:worker_threads";
      new Worker("require('fs').writeFileSync(" + JSON.stringify(target.marker) + ", '')", { eval: true });
      await new Promise((resolve) => setTimeout(resolve, 500)); ${wrong}`,
    ends: /not loaded/,
    control: "marker",
  },
  {
    name: "becomes root again",
    aims: "processes",
    text: during(`process.setgid!(0); process.setuid!(0)`),
    ends: /thrown/,
  },
  {
    name: "starts the debugger of the grader",
    aims: "processes",
    text: `try { (process as any)._debugProcess(target.pid); } catch {} ${wrong}`,
    ends: wrongAnswer,
  },
];
