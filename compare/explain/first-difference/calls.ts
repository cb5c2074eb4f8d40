import type { NDArray } from "../../../np/index.ts";
import { generatorsOf } from "../../subjects/generators.ts";
import type { AnyLayer, AnyModule } from "../../subjects/sides.ts";

/** One call of a part's forward, with what went in and out, there and in the backward that belongs to it. */
export interface Call<Part> {
  readonly name: string;
  readonly part: Part;
  readonly x: NDArray;
  readonly constants: readonly NDArray[];
  y: NDArray | null;
  /** What arrived at the part's backward; null when that was never called. */
  dy: NDArray | null;
  /** What backward returned: undefined when nothing was, "other" for neither an array nor null. */
  dx: NDArray | null | undefined | "other";
  /** The gradients of its parameters after its backward. */
  gradients: ReadonlyMap<string, NDArray | null>;
  threw: { readonly pass: "forward" | "backward"; readonly error: unknown } | null;
  /** Sets the part's generators back to where they stood before this call. */
  readonly restart: () => void;
}

/** What became of a whole network. */
export interface Run<Part> {
  readonly calls: readonly Call<Part>[];
  /** The parts in the order in which their backward was called. */
  readonly order: readonly string[];
  readonly y: NDArray | null;
  readonly gradients: ReadonlyMap<string, NDArray | null>;
  readonly threw: { readonly pass: "forward" | "backward"; readonly error: unknown } | null;
}

/** A call that nothing is known of yet but its inputs. */
export function newCall<Part extends AnyLayer | AnyModule>(
  name: string,
  part: Part,
  x: NDArray,
  constants: readonly NDArray[],
): Call<Part> {
  const { restart } = generatorsOf(part);
  const nothing = { y: null, dy: null, dx: undefined, gradients: new Map(), threw: null };
  return { name, part, x, constants, ...nothing, restart };
}

/** Puts methods on objects, runs, and takes them off again. */
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
