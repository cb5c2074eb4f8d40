import { NDArray } from "../np/index.ts";
import {
  argument,
  describe,
  having,
  type OptionTable,
  type Required,
  settleOptions,
  withoutDefault,
} from "../np/internal.ts";
import { isModule, type Module } from "./module.ts";
import { type Node, reachable } from "./tape.ts";
import { Tensor } from "./tensor.ts";

/** One row of the tape: an array, and the op that made it. */
export interface TapeRow {
  /** The place of the row in the list: `rows[id]`. */
  readonly id: number;
  /** The op that made the array; `leaf` (requires a gradient) or `constant` if none did. */
  readonly op: string;
  /** The name of a parameter of the model, or one of `names`. */
  readonly name?: string;
  /** The rows that the op read, in the order of its arguments; twice the same if it read one twice. */
  readonly inputs: readonly number[];
  readonly shape: readonly number[];
  /** Whether `backward` sends a gradient here. */
  readonly requiresGrad: boolean;
  /** The op with all of its arguments, by name where they have one: `matmul(x, #1)`; `leaf w`. */
  readonly call: string;
  /** The tensor itself, with its `.data` and `.grad`; none for an array that is not a tensor. */
  readonly tensor?: Tensor;
}

export interface TapeOptions {
  /** Names its parameters. */
  readonly model?: Module | undefined;
  /** Names other tensors and arrays: `{ x, target }`. */
  readonly names?: Readonly<Record<string, Tensor | NDArray>> | undefined;
}

const named: Required<Readonly<Record<string, Tensor | NDArray>>> = argument(
  "object",
  "tensors and arrays by name, such as { x, target }",
  (x) =>
    typeof x === "object" &&
    x !== null &&
    Object.values(x).every((one) => one instanceof Tensor || one instanceof NDArray),
);

const contract = {
  name: "tapeOf",
  positional: {},
  options: {
    model: withoutDefault(having<Module>("a model, such as new Linear(2, 1)", "namedParameters"), "no names"),
    names: withoutDefault(named, "no names"),
  } satisfies OptionTable<TapeOptions>,
};

/**
 * The tape that made a tensor, as rows in the order of recording. Leaves and constants have a row,
 * too, before the first step that reads them. Read from the last row to the first, it is the order of
 * `backward`. Read it before `backward`, which uses the tape up; the rows hold the tensors, so their
 * gradients are seen in them afterwards.
 * @throws TypeError for anything but a tensor, and for a tape that `backward` has used up
 * @see `printTape`, the same as text
 * @example
 * const w = tensor([1, 2], { requiresGrad: true });
 * tapeOf(w.mul(w).sum(), { names: { w } }).map(({ op, inputs }) => [op, inputs]) // [["leaf", []], ["mul", [0, 0]], ["sum", [1]]]
 */
export function tapeOf(root: Tensor, options: TapeOptions = {}): readonly TapeRow[] {
  if (!(root instanceof Tensor))
    throw new TypeError(`tapeOf: root is ${describe(root)}, expected a tensor, such as a loss`);
  const { model, names } = settleOptions("tapeOf", contract, options);
  const nameOf = new Map<unknown, string>();
  if (model && isModule(model)) for (const [name, p] of model.namedParameters()) nameOf.set(p, name);
  for (const [name, x] of Object.entries(names ?? {})) nameOf.set(x, name);
  const rows: TapeRow[] = [];
  const idOf = new Map<unknown, number>();
  const add = (x: Tensor | NDArray, op: string, args: readonly unknown[]): void => {
    const name = nameOf.get(x);
    const id = rows.length;
    idOf.set(x, id);
    rows.push({
      id,
      op,
      ...(name !== undefined && { name }),
      inputs: args.flat().flatMap((arg) => idOf.get(arg) ?? []),
      shape: x.shape,
      requiresGrad: x instanceof Tensor && x.requiresGrad,
      call:
        args.length > 0 ? `${op}(${args.map(shown).join(", ")})` : name === undefined ? op : `${op} ${name}`,
      ...(x instanceof Tensor && { tensor: x }),
    });
  };
  const shown = (arg: unknown): string => {
    if (Array.isArray(arg)) return `[${arg.map(shown).join(", ")}]`;
    const id = idOf.get(arg);
    return id === undefined ? String(arg) : (nameOf.get(arg) ?? `#${id}`);
  };
  for (const y of reachable(root).reverse()) {
    const { op, args } = y.node as Node;
    if (!args) {
      throw new TypeError(
        `tapeOf: backward has used up the step ${op}; call tapeOf before backward, or backward(undefined, { retainGraph: true })`,
      );
    }
    for (const x of args.flat()) {
      const isArray = x instanceof Tensor || x instanceof NDArray;
      if (isArray && !idOf.has(x)) add(x, x instanceof Tensor && x.requiresGrad ? "leaf" : "constant", []);
    }
    add(y, op, args);
  }
  if (rows.length === 0) add(root, root.requiresGrad ? "leaf" : "constant", []);
  return rows;
}
