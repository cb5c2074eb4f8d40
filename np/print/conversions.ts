import { describe } from "../arguments/describe.ts";

/** What Node's console.log, and therefore a notebook cell, calls to print a value. */
const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom") as typeof inspect;

/** Makes console.log print the text of the class's own toString. */
export function printsItsText(prototype: { toString(): string }): void {
  Object.defineProperty(prototype, inspect, {
    value(this: object): string {
      return String(this);
    },
    writable: true,
    configurable: true,
  });
}

/**
 * Makes text of an object in a template string, and refuses JavaScript's operators, which would give NaN or join two
 * texts without a word.
 */
export function refusesOperators(prototype: { toString(): string }): void {
  Object.defineProperty(prototype, Symbol.toPrimitive, {
    value(this: object, hint: string): string {
      if (hint === "string") return this.toString();
      throw new TypeError(
        `JavaScript's operators do not work on ${describe(this)}: write a.mul(2) for a * 2, a.add(b) for a + b, a.greater(b) for a > b, a.neg() for -a; \`\${a}\` is its text, and a.item() the number of an array with one element`,
      );
    },
  });
}
