import type { Submission } from "./calls.ts";
import { describePlainly } from "./describe-plainly.ts";

/** A function or class that a submission exports. @throws Error that says what is there instead */
export function exported<T>(submission: Submission, name: string): T {
  const value = submission[name];
  if (typeof value === "function") return value as T;
  throw new Error(
    value === undefined
      ? `your file exports no ${name}: does it have another name, or is "export" missing?`
      : `${name} is ${describePlainly(value)}, expected a function or a class`,
  );
}
