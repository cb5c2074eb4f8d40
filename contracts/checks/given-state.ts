import { describe, expectArgument, ndarray } from "../../np/internal.ts";

/** @throws TypeError unless the state is an object of arrays by name */
export function expectStateDict(where: string, state: unknown): void {
  if (typeof state !== "object" || state === null || Array.isArray(state))
    throw new TypeError(
      `${where}: state is ${describe(state)}, expected arrays by name, as stateDict() gives`,
    );
  for (const [name, x] of Object.entries(state)) expectArgument(where, name, ndarray, x);
}
