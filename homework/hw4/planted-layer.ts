import { formatShape, type NDArray, sameShape } from "../../np/index.ts";
import type { LayerUnderTest } from "./layer-under-test.ts";

/** Parameters, or their gradients, by name. */
export type Named = Readonly<Record<string, NDArray>>;

/** All that a backward pass finds. */
export interface Found {
  readonly dx: NDArray;
  readonly gradients: Named;
}

/** How a layer computes, as functions of what it is given. A wrong backward may remember earlier calls. */
export interface Rule {
  readonly inputShape: readonly number[];
  readonly parameters: Named;
  readonly forward: (x: NDArray, p: Named) => NDArray;
  readonly backward: (dy: NDArray, x: NDArray, p: Named) => Found;
}

/** How a layer treats its memory. */
export interface Memory {
  /** Each backward writes dx and the gradients into the same arrays. */
  readonly reuses?: boolean;
  /** After a backward, the next one needs a new forward. */
  readonly frees?: boolean;
}

/** A layer that follows a rule. It lives where the tests of students do not run. */
export class PlantedLayer implements LayerUnderTest {
  readonly inputShape: readonly number[];
  readonly #rule: Rule;
  readonly #reuses: boolean;
  readonly #frees: boolean;
  readonly #parameters: Record<string, NDArray>;
  #gradients: Record<string, NDArray> = {};
  #dx: NDArray | null = null;
  #x: NDArray | null = null;

  constructor(rule: Rule, { reuses = false, frees = false }: Memory = {}) {
    this.inputShape = rule.inputShape;
    this.#rule = rule;
    this.#reuses = reuses;
    this.#frees = frees;
    this.#parameters = { ...rule.parameters };
  }

  get parameters(): Named {
    return this.#parameters;
  }

  get gradients(): Named {
    return this.#gradients;
  }

  /** @throws RangeError for an unknown name or another shape */
  perturb(name: string, change: NDArray): void {
    const value = expectChange(this.#parameters, name, change);
    this.#parameters[name] = value.add(change);
  }

  /** @throws RangeError for an x of another shape */
  forward(x: NDArray): NDArray {
    expectShape("forward: x", x, this.inputShape);
    this.#x = x.copy();
    return this.#rule.forward(this.#x, this.#parameters);
  }

  /** @throws RangeError for a dy of another shape, or without a forward */
  backward(dy: NDArray): NDArray {
    if (!this.#x) throw new RangeError("backward: call forward first; each backward belongs to one forward");
    expectShape("backward: dy", dy, this.#rule.forward(this.#x, this.#parameters).shape);
    const { dx, gradients } = this.#rule.backward(dy.copy(), this.#x, { ...this.#parameters });
    if (this.#frees) this.#x = null;
    this.#dx = this.#reuses && this.#dx ? this.#dx.copyFrom(dx) : dx;
    for (const [name, gradient] of Object.entries(gradients)) {
      const old = this.#gradients[name];
      this.#gradients[name] = this.#reuses && old ? old.copyFrom(gradient) : gradient.copy();
    }
    return this.#dx;
  }
}

/**
 * The parameter that this change fits.
 * @throws RangeError for an unknown name or another shape
 */
export function expectChange(parameters: Named, name: string, change: NDArray): NDArray {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (!value)
    throw new RangeError(
      `perturb: there is no parameter ${name}; there are: ${Object.keys(parameters).join(", ")}`,
    );
  expectShape("perturb: the change", change, value.shape);
  return value;
}

function expectShape(what: string, x: NDArray, shape: readonly number[]): void {
  if (!sameShape(x.shape, shape))
    throw new RangeError(`${what} has shape ${formatShape(x.shape)}, expected ${formatShape(shape)}`);
}
