import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../../datasets/index.ts";
import { type Choice, estimatedSeconds, Failure, mostSeconds } from "../../homework/internal.ts";
import { writeAtomically } from "../../training/internal.ts";
import { graderVersion } from "../grading/version.ts";
import type { TrainingAnswer } from "./retrain-child.ts";
import type { Retrained } from "./train-again.ts";

export type { Retrained } from "./train-again.ts";

/** Seconds on the clock that one training may take; by its count it takes 60 at most, on a slow computer. */
const patience = 180;

const known = new Map<string, Promise<Retrained>>();
let folder: string | null = null;

/** Keeps results of `retrain` in this folder too, so that a run that was stopped need not train again. */
export function keepRetrainedIn(path: string | null): void {
  folder = path;
}

/**
 * Trains the declared network from its seed and measures it, in a process of its own: the grader goes on
 * with other submissions, whose clocks run. Equal choices are trained once.
 * @throws Failure for a choice over the budget, or a training that diverges; DataError if the images of
 * CIFAR-10 are not on this computer; Error if the training takes more than `seconds` or its process ends
 */
export async function retrain(choice: Choice, seconds: number = patience): Promise<Retrained> {
  const estimated = Math.ceil(estimatedSeconds(choice));
  if (estimated > mostSeconds)
    throw new Failure("over budget", {
      where: `this training takes ${estimated} s, expected at most ${mostSeconds} s`,
    });
  const { validationAccuracy: _, ...setup } = choice;
  const key = JSON.stringify({ grader: graderVersion(), ...setup });
  const result =
    known.get(key) ?? fromFile(key) ?? trained(choice, seconds).then((found) => toFile(key, found));
  known.set(key, result);
  result.catch((error: unknown) => error instanceof Failure || known.delete(key)); // the machine's fault: try again
  return result;
}

async function trained(choice: Choice, seconds: number): Promise<Retrained> {
  const answer = await answerOf(choice, seconds);
  if ("found" in answer) return answer.found;
  if ("diverged" in answer)
    throw new Failure("diverged", { where: `trained again, the network diverges: ${answer.diverged}` });
  if ("noData" in answer) throw new DataError(answer.noData);
  throw new Error(`${answer.broken}; nothing was decided, so run it again`);
}

/** The process ends with this call, and with the grader. */
function answerOf(choice: Choice, seconds: number): Promise<TrainingAnswer> {
  const child = fork(new URL("./retrain-child.js", import.meta.url), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((resolve) => {
    const end = (answer: TrainingAnswer): void => {
      clearTimeout(timer);
      resolve(answer);
      child.kill("SIGKILL");
    };
    const timer = setTimeout(
      () => end({ broken: `training a network again took more than ${seconds} s` }),
      1000 * seconds,
    );
    child.once("message", (answer) => end(answer as TrainingAnswer));
    child.once("exit", () => end({ broken: "the process that trains a network again has ended" }));
    child.on("error", ({ message }) => end({ broken: `cannot train a network again: ${message}` }));
    child.send(choice, (error) => error && end({ broken: `cannot train a network again: ${error.message}` }));
  });
}

function fileOf(key: string): string | null {
  if (folder === null) return null;
  const name = createHash("sha256").update(key).digest("hex").slice(0, 32);
  return join(folder, `retrained-${name}.json`);
}

function fromFile(key: string): Promise<Retrained> | null {
  const path = fileOf(key);
  if (path === null) return null;
  try {
    const { choice, found } = JSON.parse(readFileSync(path, "utf8")) as { choice: string; found: Retrained };
    return choice === key ? Promise.resolve(found) : null;
  } catch {
    return null; // not there, or not whole: it is trained again
  }
}

async function toFile(key: string, found: Retrained): Promise<Retrained> {
  const path = fileOf(key);
  if (path === null) return found;
  mkdirSync(folder as string, { recursive: true, mode: 0o700 });
  await writeAtomically(path, new TextEncoder().encode(JSON.stringify({ choice: key, found })));
  return found;
}
