import { describe } from "../arguments/describe.ts";

/** What Node's console.log, and therefore a notebook cell, calls to print a value. */
const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom") as typeof inspect;

/** A longer text inside an object gives way to a short one. */
const linesInside = 12;

/**
 * Makes console.log print the text of the class's own toString. Inside another object, such as a batch or a dataset, a
 * text of more than twelve lines is replaced by `brief`, if there is one.
 */
export function printsItsText<T extends object>(prototype: T, brief?: (x: T) => string): void {
  Object.defineProperty(prototype, inspect, {
    value(this: T, depth?: number | null, options?: { readonly depth?: number | null }): string {
      const text = String(this);
      const isInside =
        typeof depth === "number" && typeof options?.depth === "number" && depth < options.depth;
      return isInside && brief && text.split("\n").length > linesInside ? brief(this) : text;
    },
    writable: true,
    configurable: true,
  });
}

/**
 * Makes text of an object in a template string, and refuses JavaScript's operators, which would give NaN or join two
 * texts without a word.
 */
export function refusesOperators(prototype: object): void {
  Object.defineProperty(prototype, Symbol.toPrimitive, {
    value(this: object, hint: string): string {
      if (hint === "string") return this.toString();
      throw new TypeError(
        `JavaScript's operators do not work on ${describe(this)}: write a.mul(2) for a * 2, a.add(b) for a + b, a.greater(b) for a > b, a.neg() for -a; \`\${a}\` is its text, and a.item() the number of an array with one element`,
      );
    },
  });
}

/** Square brackets are refused up to this position. From here on `x[k]` is undefined, as on any object. */
const positions = 64;

/** Without this, `x[0]` would be undefined, and `x[0] = 5` would change nothing. Both throw, and say what to write. */
export function refusesBrackets(prototype: object): void {
  for (let k = 0; k < positions; k++) {
    const refuse = (): never => {
      throw new TypeError(
        `x[${k}]: square brackets do not index arrays in JavaScript; write x.slice(${k}) to read a part, x.item(0, 1) for one number, and x.set(value, ${k}) to change an NDArray`,
      );
    };
    Object.defineProperty(prototype, k, { get: refuse, set: refuse });
  }
}
