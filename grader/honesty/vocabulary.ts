import * as np from "../../np/index.ts";

/** Names that an author does not choose: of the library, of its arrays, and of the language. */
export const vocabulary: ReadonlySet<string> = new Set([
  ...Object.keys(np),
  ...namesOf(np.NDArray.prototype),
  ...namesOf(Array.prototype),
  ...namesOf(Math),
  ...namesOf(Map.prototype),
  ...namesOf(Set.prototype),
  ..."Math Number Array Map Set Float64Array Int32Array Error Infinity NaN undefined Object".split(" "),
]);

function namesOf(object: object): string[] {
  return Object.getOwnPropertyNames(object).filter((name) => name !== "constructor");
}
