import { generatorsOf } from "../../../gradcheck/internal.ts";
import type { NDArray } from "../../../np/index.ts";
import type { AnyLayer, AnyModule } from "../../subjects/sides.ts";

/** One call of a part's forward and of the matching backward, each with its inputs and outputs. */
export interface Call<Part> {
  readonly name: string;
  readonly part: Part;
  readonly x: NDArray;
  readonly constants: readonly NDArray[];
  y: NDArray | null;
  /** The ops that the tape recorded from x to y, in order; none in chalk, which has no tape. */
  ops: readonly string[];
  /** The dy that the part's backward received; null if it was never called. */
  dy: NDArray | null;
  /** What backward returned; undefined for nothing, "other" for anything but an array or null. */
  dx: NDArray | null | undefined | "other";
  /** The gradients of its parameters after its backward. */
  gradients: ReadonlyMap<string, NDArray | null>;
  threw: { readonly pass: "forward" | "backward"; readonly error: unknown } | null;
  /** Resets the part's generators to their state before this call. */
  readonly restart: () => void;
}

/** The record of a whole network's forward and backward. */
export interface Run<Part> {
  readonly calls: readonly Call<Part>[];
  /** The parts in the order in which their backward was called. */
  readonly order: readonly string[];
  readonly y: NDArray | null;
  readonly gradients: ReadonlyMap<string, NDArray | null>;
  readonly threw: { readonly pass: "forward" | "backward"; readonly error: unknown } | null;
}

/** A call whose inputs only are known so far. */
export function newCall<Part extends AnyLayer | AnyModule>(
  name: string,
  part: Part,
  x: NDArray,
  constants: readonly NDArray[],
): Call<Part> {
  const { restart } = generatorsOf(part);
  const nothing = { y: null, ops: [], dy: null, dx: undefined, gradients: new Map(), threw: null };
  return { name, part, x, constants, ...nothing, restart };
}

/** Overrides methods of objects, runs a function, and removes the overrides. */
export function during<T>(stand: readonly { owner: object; key: string; value: unknown }[], run: () => T): T {
  const before = stand.map(({ owner, key }) => Object.getOwnPropertyDescriptor(owner, key));
  try {
    for (const { owner, key, value } of stand)
      Object.defineProperty(owner, key, { value, configurable: true, enumerable: false, writable: true });
    return run();
  } finally {
    for (const [i, { owner, key }] of stand.entries()) {
      const descriptor = before[i];
      if (descriptor) Object.defineProperty(owner, key, descriptor);
      else delete (owner as Record<string, unknown>)[key];
    }
  }
}
