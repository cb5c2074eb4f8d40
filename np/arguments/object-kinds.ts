import { type AnyArgument, type Argument, type Required, refusal } from "./argument.ts";
import { isClass } from "./describe.ts";
import { argument } from "./kinds.ts";

/** Any text. */
export const text: Required<string> = argument("string", "a string", (x) => typeof x === "string");

/** Any number, NaN and Infinity included. */
export const anyNumber: Required<number> = argument("number", "a number", (x) => typeof x === "number");

/** A function; `expected` says of what. A class is none, since it cannot be called. */
export function functionOf<F extends (...args: never[]) => unknown>(expected: string): Required<F> {
  return argument("function", expected, (x) => typeof x === "function" && !isClass(x));
}

/** An object with these methods, such as an optimizer of either side. */
export function having<T extends object>(expected: string, ...methods: readonly string[]): Required<T> {
  const fits = (x: unknown): boolean =>
    typeof x === "object" &&
    x !== null &&
    methods.every((name) => typeof Reflect.get(x, name) === "function");
  return argument("object", expected, fits);
}

/** An object whose fields fit; more fields are allowed. */
export function objectWith<T extends object>(
  expected: string,
  fields: { readonly [K in keyof T]?: AnyArgument },
): Required<T> {
  return {
    type: "object",
    expected,
    required: true,
    refuse(name, value) {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        return refusal(false, name, value, expected);
      for (const [field, argument] of Object.entries<AnyArgument | undefined>(fields)) {
        const given: unknown = Reflect.get(value, field);
        if (!argument || (given === undefined && !argument.required)) continue;
        const error = argument.refuse(`${name}.${field}`, given);
        if (error) return error;
      }
      return null;
    },
  };
}

/** A list whose every element fits. */
export function listWith<T>(expected: string, element: Argument<T>): Required<readonly T[]> {
  return {
    type: "list",
    expected,
    required: true,
    refuse(name, value) {
      if (!Array.isArray(value)) return refusal(false, name, value, expected);
      const wrong = value.findIndex((one, i) => element.refuse(`${name}[${i}]`, one));
      return wrong < 0 ? null : element.refuse(`${name}[${wrong}]`, value[wrong]);
    },
  };
}
