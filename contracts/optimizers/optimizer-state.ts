import { formatShape, NDArray, sameShape, zerosLike } from "../../np/index.ts";
import {
  anyNumber,
  describe,
  expectArgument,
  listWith,
  objectWith,
  text,
  twoCopies,
} from "../../np/internal.ts";
import type { StateDict } from "../state-dict.ts";
import type { Group, ParameterState, RecipeInUse } from "./recipe.ts";

/** The numbers of one group, and the positions of its parameters among all. */
export interface SavedGroup {
  readonly parameters: readonly number[];
  readonly [option: string]: unknown;
}

/**
 * All that an optimizer needs to continue: three parts are JSON, the fourth holds arrays by name,
 * as in .npz and .safetensors files.
 */
export interface OptimizerState {
  /** PyTorch's name of the optimizer, `Adam`. */
  readonly optimizer: string;
  readonly groups: readonly SavedGroup[];
  /** By position of the parameter: `0.t` is how often it was updated. */
  readonly numbers: Readonly<Record<string, number>>;
  /**
   * By position of the parameter, each of its shape: `0.m`.
   * A parameter that was never updated has none.
   */
  readonly arrays: StateDict;
}

/** A copy of an optimizer's state, which later steps do not change. */
export function saveState(
  optimizer: string,
  groups: readonly { readonly parameters: readonly unknown[] }[],
  states: readonly (ParameterState | null)[],
): OptimizerState {
  let next = 0;
  const savedGroups = groups.map((group) => ({
    ...structuredClone({ ...group, parameters: [] }),
    parameters: group.parameters.map(() => next++),
  }));
  const numbers: Record<string, number> = {};
  const arrays: StateDict = {};
  for (const [position, state] of states.entries()) {
    for (const [key, value] of Object.entries(state ?? {})) {
      if (typeof value === "number") numbers[`${position}.${key}`] = value;
      else if (value) arrays[`${position}.${key}`] = value.copy();
    }
  }
  return { optimizer, groups: savedGroups, numbers, arrays };
}

const savedState = objectWith<OptimizerState>("what stateDict() gave", {
  optimizer: text,
  groups: listWith(
    "a list of groups",
    objectWith<SavedGroup>("a group", { parameters: listWith("a list of positions", anyNumber) }),
  ),
  numbers: objectWith("numbers by name", {}),
  arrays: objectWith("arrays by name", {}),
});

/**
 * The groups and states in `given`, for parameters with these values, in the parameters' dtypes.
 * @throws RangeError that lists everything that does not fit
 */
export function restoreState<G extends Group, S extends ParameterState>(
  where: string,
  recipe: RecipeInUse<G, S>,
  values: readonly (readonly NDArray[])[],
  given: OptimizerState,
): { readonly groups: readonly G[]; readonly states: readonly (S | null)[] } {
  expectArgument(where, "state", savedState, given);
  if (given.optimizer !== recipe.name)
    throw new RangeError(`${where}: this is the state of ${given.optimizer}, expected one of ${recipe.name}`);
  const sizes = (groups: readonly (readonly unknown[])[]): string =>
    `${groups.length} group(s) of ${groups.map((group) => group.length).join(", ")} parameter(s)`;
  const [mine, theirs] = [sizes(values), sizes(given.groups.map(({ parameters }) => parameters))];
  if (mine !== theirs) throw new RangeError(`${where}: the state has ${theirs}, expected ${mine}`);
  const groups = given.groups.map(({ parameters: _, ...numbers }) => recipe.settle(where, numbers));
  const wrong: string[] = [];
  const used = new Set<string>();
  const starts = groups.flatMap((group, i) =>
    (values[i] ?? []).map((value) => ({ value, start: recipe.start(value, group) })),
  );
  const states = starts.map(({ value, start }, position) => {
    const keys = Object.keys(start).map((key) => ({ key, name: `${position}.${key}` }));
    if (!keys.some(({ name }) => name in given.arrays || name in given.numbers)) return null;
    const entries = keys.map(({ key, name }): [string, NDArray | number | null] => {
      used.add(name);
      const found = given.arrays[name] ?? given.numbers[name] ?? null;
      if (found === null && start[key] !== null) wrong.push(`${name} is missing`);
      if (name in given.arrays && name in given.numbers) wrong.push(`${name} is both an array and a number`);
      const expected = typeof start[key] === "number" ? "a number" : "an NDArray"; // null: an array later
      const isRight = expected === "a number" ? typeof found === "number" : found instanceof NDArray;
      if (twoCopies(found)) wrong.push(`${name} is ${describe(found)}`);
      else if (found !== null && !isRight) wrong.push(`${name} is ${describe(found)}, expected ${expected}`);
      if (!(found instanceof NDArray)) return [key, found];
      if (!sameShape(found.shape, value.shape)) {
        wrong.push(`${name} has shape ${formatShape(found.shape)}, expected ${formatShape(value.shape)}`);
        return [key, found];
      }
      return [key, zerosLike(value).copyFrom(found)];
    });
    return Object.fromEntries(entries) as S;
  });
  const unknown = [...Object.keys(given.arrays), ...Object.keys(given.numbers)].filter(
    (name) => !used.has(name),
  );
  for (const name of unknown) wrong.push(`${name} is unknown here`);
  if (wrong.length > 0) throw new RangeError(`${where}: the state does not fit: ${wrong.join("; ")}`);
  return { groups, states };
}
