import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { random } from "chalk-and-tape/np";
import { type Box, noWall, openTargets, type Targets, type Wall } from "#internal/grader";
import { type CheckResult, Conversation, compile, runChecks } from "#internal/homework";
import type { Attack, Control } from "./attack.ts";
import { checks, honest } from "./tiny/checks.ts";

/** What one attack came to. */
export interface Outcome {
  readonly results: readonly CheckResult[];
  readonly noise: string;
  readonly seconds: number;
  /** Whether its marker appeared. */
  readonly hasWritten: boolean;
}

/** Runs an attack inside a wall, against targets that others may share. */
export async function runAttack(attack: Attack, box: Box, wall: Wall, targets: Targets): Promise<Outcome> {
  const marker = markerOf(attack, targets);
  const own = await placed(attack.text, box, { ...targets.target, marker, walled: true });
  const isLoop = attack.ends.test("time") && !attack.ends.test("unknown");
  const limits = isLoop ? { load: 2, answer: 2 } : { load: 20, answer: 10 };
  const conversation = new Conversation(wall.command(box.folder, own, box.assignment), limits);
  const start = performance.now();
  try {
    const results = await runChecks(isLoop ? checks.slice(0, 1) : checks, conversation, options(attack.text));
    const seconds = (performance.now() - start) / 1000;
    return { results, noise: conversation.noise, seconds, hasWritten: existsSync(marker) };
  } finally {
    conversation.close();
  }
}

/** Whether the attack succeeds without a wall. */
export async function succeedsWithoutWall(attack: Attack, box: Box): Promise<boolean> {
  const targets = await openTargets("/tmp");
  const marker = markerOf(attack, targets);
  try {
    const own = await placed(attack.text, box, { ...targets.target, marker, walled: false });
    if (attack.control === "naive") return passesNaively(join(own, `${box.assignment}.mjs`), box);
    const command = noWall.command(box.folder, own, box.assignment, { permission: false });
    const conversation = new Conversation(command, { load: 20, answer: 10 });
    await runChecks(checks.slice(0, 1), conversation, options(attack.text));
    await within(2, () => succeeded(attack.control as Control, marker, targets, conversation.noise));
    conversation.close();
    return succeeded(attack.control as Control, marker, targets, conversation.noise);
  } finally {
    targets.close();
  }
}

function succeeded(control: Control, marker: string, { seen }: Targets, noise: string): boolean {
  const { connections, udp, signal } = seen();
  const signs: Readonly<Record<Control, boolean>> = {
    naive: false,
    marker: existsSync(marker),
    secret: noise.includes("the course's secret"),
    connection: connections > 0,
    datagram: udp > 0,
    victim: signal > 0,
  };
  return signs[control];
}

/** Whether a grader in the submission's own process would say that it passed. */
export function passesNaively(file: string, box: Box): boolean {
  const naive = fileURLToPath(new URL("./naive.js", import.meta.url));
  const np = join(box.folder, "node_modules/chalk-and-tape/np/index.js");
  const { status, stdout } = spawnSync(process.execPath, [naive, file, np], {
    encoding: "utf8",
    env: { CHALK_ENGINE: "js", CHALK_THREADS: "1" },
  });
  return status === 0 && !stdout.includes("failed");
}

/** The right answer's results, for "the next submission scores the same". */
export async function runHonest(box: Box, wall: Wall): Promise<readonly CheckResult[]> {
  const own = await placed(honest, box, {});
  const conversation = new Conversation(wall.command(box.folder, own, box.assignment), {
    load: 20,
    answer: 10,
  });
  try {
    return await runChecks(checks, conversation, options(honest));
  } finally {
    conversation.close();
  }
}

/** Command lines of living processes that hold one of these words. */
export function processesWith(words: readonly string[]): readonly string[] {
  const lines = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      } catch {
        return ""; // it has ended
      }
    });
  return lines.filter((line) => words.some((word) => line.includes(word)));
}

/** Waits until a condition holds, for a number of seconds at most. */
export async function within(seconds: number, condition: () => boolean): Promise<void> {
  const end = performance.now() + 1000 * seconds;
  while (!condition() && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
}

export async function placed(text: string, box: Box, target: object): Promise<string> {
  const x = random(1).normal(0, 1, [4]); // what a student sees: the public seed, which the grader does not use
  const known = { double: x.mul(2).tolist(), shift: x.add(3).tolist() };
  const line = `const target: any = ${JSON.stringify({ ...target, public: known })};`;
  return box.place("attack", await compile(`${line}\n${text}`, `${box.assignment}.ts`));
}

function markerOf({ name }: Attack, { target }: Targets): string {
  return `${target.marker}-${name.replace(/\W+/g, "-")}`;
}

function options(source: string): { source: string; seed: number; credit: Readonly<Record<string, number>> } {
  return { source, seed: 20_261_130, credit: {} };
}
