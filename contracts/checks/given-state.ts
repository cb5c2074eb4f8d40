import type { NDArray } from "../../np/index.ts";
import { describe, expectArgument, ndarray } from "../../np/internal.ts";

/**
 * The arrays of a state by name; `arrayOf` finds those of a side's own values, such as tensors.
 * @throws TypeError unless the state is an object of arrays by name
 */
export function expectStateDict<X>(
  where: string,
  state: Readonly<Record<string, X>>,
  arrayOf: (x: X) => unknown,
): Record<string, NDArray> {
  if (typeof state !== "object" || state === null || Array.isArray(state))
    throw new TypeError(
      `${where}: state is ${describe(state)}, expected arrays by name, as stateDict() gives`,
    );
  // fromEntries keeps a name such as __proto__, where an assignment would lose it.
  return Object.fromEntries(
    Object.entries(state).map(([name, x]) => {
      const given = arrayOf(x);
      expectArgument(where, name, ndarray, given);
      return [name, given];
    }),
  );
}
