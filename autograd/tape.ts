import { NDArray, Operators } from "../np/index.ts";
import { describe, isClass } from "../np/internal.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The tape at a glance. `record` (tensor.ts) runs an op and keeps a Node in its result; these nodes
 * are the tape, there is no other list. `walk` (backward.ts) visits the nodes that y was made from,
 * latest first. `stepBack` (step-back.ts) runs the rules of one node; the rules of built-in ops are
 * in ops/.
 */

/** A vector-Jacobian product as the tape calls it; null marks a constant argument. */
export type AnyVjp = ((dy: never, ...rest: never[]) => unknown) | null;

/** One step of the tape: which op made `y` from which arguments. */
export interface Node {
  /**
   * Creation order. An op only reads tensors that already exist, so descending time is a reverse
   * topological order.
   */
  readonly time: number;
  readonly op: string;
  readonly vjps: readonly AnyVjp[];
  /**
   * Tensors, arrays, lists of them, and the op's other arguments.
   * Null once `backward` has used the step up.
   */
  args: readonly unknown[] | null;
  /**
   * The version of each array's memory when the step was recorded: the tensors and arrays among
   * the arguments in order, then y.
   */
  readonly versions: readonly number[];
}

let recording = true;

/**
 * Runs a function without recording, so its results are constants.
 * @throws TypeError for an async function
 * @example
 * const w = tensor([1, 2], { requiresGrad: true });
 * noGrad(() => w.mul(3)).requiresGrad // false
 */
export function noGrad<T>(run: () => T): T {
  return recordingIs("noGrad", false, run);
}

/** Runs a function with recording on or off, then restores the previous setting. */
export function recordingIs<T>(where: string, on: boolean, run: () => T): T {
  if (typeof run !== "function" || isClass(run))
    throw new TypeError(`${where}: got ${describe(run)}, expected a function: ${where}(() => …)`);
  const before = recording;
  recording = on;
  try {
    const result = run();
    if (result instanceof Promise) {
      throw new TypeError(
        `${where}: the function is async and would keep running after recording is restored; use ${where} inside it`,
      );
    }
    return result;
  } finally {
    recording = before;
  }
}

/** Whether operations are recorded now: false inside `noGrad`. */
export function isRecording(): boolean {
  return recording;
}

/**
 * Whether x is a Tensor. Operators has two subclasses, and this test avoids importing Tensor, which
 * imports the tape.
 */
export function isTensor(x: unknown): x is Tensor {
  return x instanceof Operators && !(x instanceof NDArray);
}

/** All tensors among a step's arguments. */
export function tensorsIn(args: readonly unknown[]): Tensor[] {
  const found: Tensor[] = [];
  for (const arg of args) {
    if (isTensor(arg)) found.push(arg);
    else if (Array.isArray(arg)) found.push(...arg.filter(isTensor));
  }
  return found;
}

/**
 * Applies f to every argument. Lists nest one level deep, as the first argument of concatenate and
 * stack.
 */
export function mapArgs(args: readonly unknown[], f: (arg: unknown) => unknown): unknown[] {
  return args.map((arg) => (Array.isArray(arg) ? arg.map(f) : f(arg)));
}

/**
 * Every tensor made in a step later than `since` (default: all) that `root` depends on, root
 * included, latest first. Not recursive, because chains may be long.
 */
export function reachable(root: Tensor, since: number = 0): Tensor[] {
  const onTape = ({ node }: Tensor): boolean => node !== null && node.time > since;
  const seen = new Set<Tensor>([root]);
  for (const tensor of seen) {
    for (const x of tensorsIn(tensor.node?.args ?? [])) if (onTape(x)) seen.add(x);
  }
  return [...seen].filter(onTape).sort((a, b) => (b.node as Node).time - (a.node as Node).time);
}
