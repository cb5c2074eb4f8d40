import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { WallProbe } from "../grading/result.ts";
import { usualLimits } from "./limits.ts";
import { noWall } from "./no-wall.ts";
import { ProbeBox, type Report } from "./probe-box.ts";
import { openTargets } from "./targets.ts";
import type { Wall } from "./wall.ts";

/**
 * Tries to get through a wall. Each probe must be denied, and each control must pass: a control shows
 * that the attempt itself works, so that a denial means something.
 */
export async function selfTest(wall: Wall): Promise<readonly WallProbe[]> {
  const groups = await Promise.all([
    inBox(async (box) => [
      ...(await reaching(box, wall)),
      ...(await permission(box, wall)),
      ...(await memory(box, wall)),
    ]),
    inBox(async (box) => [...(await limits(box, wall)), ...(await death(box, wall))]),
  ]);
  return groups.flat();
}

async function inBox(run: (box: ProbeBox) => Promise<WallProbe[]>): Promise<WallProbe[]> {
  const box = new ProbeBox();
  await box.open();
  try {
    return await run(box);
  } finally {
    box.close();
  }
}

/**
 * What is wrong with a wall, one line each; none if grading may start. What a wall says that it leaves
 * open is no problem here: the report prints it.
 */
export function wallProblems(wall: Wall, probes: readonly WallProbe[]): string[] {
  return probes
    .filter(({ holds, kind, wall: name }) => !holds && (kind === "control" || !wall.open.includes(name)))
    .map(({ kind, wall: name, tried }) =>
      kind === "control"
        ? `the self-test is broken (${name}): ${tried} did not work, so a denial would mean nothing`
        : `the wall does not hold (${name}): ${tried} succeeded`,
    );
}

const outside: readonly (readonly [attempt: string, wall: string, tried: string])[] = [
  ["read", "files", "reading a file of the grader's"],
  ["write", "files", "writing a file beside it"],
  ["tcp", "network", "connecting to a TCP server on this machine"],
  ["udp", "network", "sending a datagram, as a DNS query is one"],
  ["socket", "network", "connecting to an abstract Unix socket"],
  ["spawn", "programs", "starting a shell"],
  ["signal", "processes", "killing a process of the grader's"],
  ["environment", "processes", "reading the grader's environment"],
];

const inside: readonly (readonly [attempt: string, wall: string, tried: string])[] = [
  ["own file", "files", "reading the submission's own file"],
  ["scratch", "files", "writing 100 kB to the folder for temporary files"],
  ["arrays", "memory", "200 MB of typed arrays"],
  ["wasm", "memory", "WebAssembly with a memory that grows"],
  ["clock", "time", "a timer of 50 ms"],
];

/** The attempts without Node's --permission, so that the kernel's wall is alone; and without any wall, as controls. */
async function reaching(box: ProbeBox, wall: Wall): Promise<WallProbe[]> {
  const [free, walled] = [await attempted(box, noWall), await attempted(box, wall)];
  return [
    ...outside.flatMap(([name, group, tried]) => [
      probe(group, tried, walled[name] !== 1),
      control(group, `${tried}, without the wall`, free[name] === 1),
    ]),
    ...inside.map(([name, group, tried]) => control(group, tried, walled[name] === 1)),
  ];
}

async function attempted(box: ProbeBox, wall: Wall): Promise<Readonly<Record<string, number>>> {
  const targets = await openTargets("/tmp");
  const program = readFileSync(new URL("./attempts.js", import.meta.url), "utf8");
  const text = `${program}\nexport const reached = await attempts(${JSON.stringify(targets.target)});\n`;
  try {
    const { reached } = await box.run(wall, text, { permission: false });
    await pause(50); // the signal and the datagram may still be under way
    return { ...reached, ...targets.seen() };
  } finally {
    targets.close();
  }
}

/** Node's own wall, on what the kernel's wall leaves: Node itself is there to be read and started. */
async function permission(box: ProbeBox, wall: Wall): Promise<WallProbe[]> {
  const text = `
    import { spawnSync } from "node:child_process";
    import { openSync } from "node:fs";
    const works = (run) => { try { run(); return 1; } catch { return 0; } };
    export const reached = {
      read: works(() => openSync(process.execPath)),
      spawn: works(() => { if (spawnSync(process.execPath, ["-v"]).status !== 0) throw 0; }),
      own: works(() => openSync(new URL(import.meta.url))),
    };`;
  const on = await box.run(wall, text);
  const off = await box.run(wall, text, { permission: false });
  const group = "Node's --permission";
  return [
    probe(group, "reading Node's program", on.reached.read === 0),
    control(group, "reading Node's program, without --permission", off.reached.read === 1),
    probe(group, "starting Node once more", on.reached.spawn === 0),
    control(group, "starting Node once more, without --permission", off.reached.spawn === 1),
    control(group, "reading the submission's own file", on.reached.own === 1),
  ];
}

async function memory(box: ProbeBox, wall: Wall): Promise<WallProbe[]> {
  const kept = (grow: string): string =>
    `const kept = []; for (let i = 0; i < 40; i++) kept.push(${grow}); export const reached = { all: kept.length };`;
  const stopped = ({ reached }: Report): boolean => reached.all === undefined;
  const run = (grow: string): Promise<Report> => box.run(wall, kept(grow), { permission: false });
  const pages = "new WebAssembly.Memory({ initial: 1000 })";
  return [
    probe("memory", "2.6 GB of typed arrays", stopped(await run("new Uint8Array(2 ** 26)"))),
    probe("memory", "2.6 GB of WebAssembly", stopped(await run(pages))),
    probe("memory", "1.6 GB of JavaScript objects", stopped(await run("new Array(5e6).fill(i + 0.5)"))),
  ];
}

async function limits(box: ProbeBox, wall: Wall): Promise<WallProbe[]> {
  const long = `import { writeFileSync } from "node:fs";
    import { tmpdir } from "node:os";
    writeFileSync(tmpdir() + "/long-" + process.pid, new Uint8Array(${2 * usualLimits.file}));
    export const reached = { all: 1 };`;
  const file = await box.run(wall, long, { permission: false });
  const busy = "while (true) {} export const reached = {};";
  const cpu = await box.run(wall, busy, { limits: { cpu: 1 }, load: 20 });
  return [
    probe("file size", `writing a file of ${2 * usualLimits.file} bytes`, file.reached.all === undefined),
    probe("processor", "computing for longer than 1 s of processor time", cpu.cause === "ended"),
  ];
}

/** Processes that want to outlive their submission, and a loop that never comes back. */
async function death(box: ProbeBox, wall: Wall): Promise<WallProbe[]> {
  const many = 30;
  const sleepers = `import { spawn } from "node:child_process";
    const sleep = ["--eval", "setTimeout(() => {}, 10_000)", "${box.name}"];
    const children = Array.from({ length: ${many} }, () => spawn(process.execPath, sleep, { detached: true, stdio: "ignore" }));
    for (const child of children) child.on("error", () => {});
    export const reached = { started: children.filter(({ pid }) => pid !== undefined).length };`;
  const { reached } = await box.run(wall, sleepers, { permission: false });
  const { cause } = await box.run(wall, "while (true) await null; export const reached = {};", { load: 1 });
  await pause(1500); // on a busy machine, killed processes take a moment to go
  const left = box.alive();
  const started = reached.started ?? 0;
  return [
    probe("processes", `starting ${many} more processes`, started < many),
    control("processes", "starting one more process", started > 0),
    probe("time", "a loop of promises that never ends", cause === "time"),
    probe("processes", "living on after the submission was stopped", left === null || left === 0),
  ];
}

function probe(wall: string, tried: string, holds: boolean): WallProbe {
  return { wall, kind: "probe", tried, holds };
}

function control(wall: string, tried: string, holds: boolean): WallProbe {
  return { wall, kind: "control", tried, holds };
}
