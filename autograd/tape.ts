import { NDArray, Operators } from "../np/index.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The tape at a glance. `record` (tensor.ts) runs an op and keeps a Node in its result: that is the tape, there is no other list.
 * `walk` (backward.ts) visits the nodes that y was made from, latest first. `stepBack` (step-back.ts) runs the rules of one node, which
 * for our own ops are the lines of ops.ts.
 */

/** A vector-Jacobian product as the tape calls it; null stands for a constant argument. */
export type AnyVjp = ((dy: never, ...rest: never[]) => unknown) | null;

/** One step of the tape: which op made `y` from which arguments. */
export interface Node {
  /** Creation order. An op can only read tensors that already exist, so descending time is a reverse topological order. */
  readonly time: number;
  readonly op: string;
  readonly vjps: readonly AnyVjp[];
  /** Tensors, lists of tensors, and whatever else the op takes; an array is kept as a constant tensor. Null once `backward` has used the step up. */
  args: readonly unknown[] | null;
  /** For every tensor among the arguments in their order, and last for y: the version of its memory when the step was recorded. */
  readonly versions: readonly number[];
}

let recording = true;

/**
 * Runs a function without recording: its results are constants. @throws TypeError for an async function
 * @example
 * const w = tensor([1, 2], { requiresGrad: true });
 * noGrad(() => w.mul(3)).requiresGrad // false
 */
export function noGrad<T>(run: () => T): T {
  return recordingIs("noGrad", false, run);
}

/** Runs a function with recording on or off, and puts back what was. */
export function recordingIs<T>(where: string, on: boolean, run: () => T): T {
  const before = recording;
  recording = on;
  try {
    const result = run();
    if (result instanceof Promise) {
      throw new TypeError(
        `${where}: the function is async, and would go on after recording is as before; use ${where} inside it`,
      );
    }
    return result;
  } finally {
    recording = before;
  }
}

/** Whether what is computed now is recorded: false inside `noGrad`. */
export function isRecording(): boolean {
  return recording;
}

/** Operators has two subclasses. Asking this way, the tape needs no import of Tensor, which needs the tape. */
export function isTensor(x: unknown): x is Tensor {
  return x instanceof Operators && !(x instanceof NDArray);
}

/** All tensors among the arguments of a step. */
export function tensorsIn(args: readonly unknown[]): Tensor[] {
  const found: Tensor[] = [];
  for (const arg of args) {
    if (isTensor(arg)) found.push(arg);
    else if (Array.isArray(arg)) found.push(...arg.filter(isTensor));
  }
  return found;
}

/** Lists nest one level deep: concatenate's and stack's first argument. */
export function mapArgs(args: readonly unknown[], f: (arg: unknown) => unknown): unknown[] {
  return args.map((arg) => (Array.isArray(arg) ? arg.map(f) : f(arg)));
}

/**
 * Every tensor that `root` was made from in a step later than `since` (default: ever), latest first. No recursion: chains may be
 * long.
 */
export function reachable(root: Tensor, since: number = 0): Tensor[] {
  const onTape = ({ node }: Tensor): boolean => node !== null && node.time > since;
  const seen = new Set<Tensor>([root]);
  for (const tensor of seen) {
    for (const x of tensorsIn(tensor.node?.args ?? [])) if (onTape(x)) seen.add(x);
  }
  return [...seen].filter(onTape).sort((a, b) => (b.node as Node).time - (a.node as Node).time);
}
