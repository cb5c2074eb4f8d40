import { Tensor } from "../../autograd/index.ts";
import { NDArray } from "../../np/index.ts";
import { wrapMethod } from "../../training/internal.ts";
import type { Value } from "./traced.ts";

/** An array of either side. */
export type AnyArray = NDArray | Tensor;

export function isArray(x: unknown): x is AnyArray {
  return x instanceof NDArray || x instanceof Tensor;
}

/** Called in place of every primitive of an array that is watched; `run` computes it. */
export type Observe = (primitive: string, args: readonly unknown[], run: () => AnyArray) => AnyArray;

/** `apply` and `applyConstant` of either kind of array. */
interface Applying {
  apply(primitive: string, ...args: readonly unknown[]): AnyArray;
  applyConstant(primitive: string, ...args: readonly unknown[]): AnyArray;
}

interface Flowing {
  readonly value: Value;
  readonly version: number;
}

/**
 * The arrays that flow through a network. Every method of an array, and every function of it, runs
 * the array's own `apply`; this is what is watched, on these objects alone.
 */
export class Flow {
  readonly #known = new Map<AnyArray, Flowing>();
  readonly #undo: (() => void)[] = [];
  readonly #observe: Observe;

  constructor(observe: Observe) {
    this.#observe = observe;
  }

  /** Watches an array from now on; one that is known already flows on as another object with the same numbers. */
  begin(array: AnyArray): AnyArray {
    const flowing = this.#known.has(array) ? another(array) : array;
    const { shape, dtype } = flowing;
    this.#known.set(flowing, { value: { shape, dtype }, version: versionOf(flowing) });
    for (const method of ["apply", "applyConstant"] as const)
      this.#undo.push(
        wrapMethod(
          flowing as unknown as Applying,
          method,
          (original) =>
            (primitive, ...args) =>
              this.#observe(primitive, args, () => original(primitive, ...args)),
        ),
      );
    return flowing;
  }

  /** What stands for a known array; null for another. */
  valueOf(array: AnyArray): Value | null {
    return this.#known.get(array)?.value ?? null;
  }

  /** Whether the numbers of a known array have been changed in place. */
  isChanged(array: AnyArray): boolean {
    const known = this.#known.get(array);
    return known !== undefined && known.version !== versionOf(array);
  }

  /** Leaves all arrays as they were. */
  end(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
  }
}

function versionOf(array: AnyArray): number {
  return array instanceof Tensor ? array.data.version : array.version;
}

/** Another object with the same numbers. */
export function another(array: AnyArray): AnyArray {
  return array instanceof Tensor
    ? new Tensor(array.data)
    : array.viewAs(array.shape, array.strides, array.offset);
}
