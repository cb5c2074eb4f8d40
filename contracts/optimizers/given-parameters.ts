import { formatShape, type NDArray } from "../../np/index.ts";
import { describe, type Options, twoCopies } from "../../np/internal.ts";

/** Parameters with their own options; any option left out is the optimizer's. */
export type ParameterGroup<P, G> = Options<G> & { readonly parameters: readonly P[] };
/** The same under PyTorch's key. */
export type ParamsGroup<P, G> = Options<G> & { readonly params: readonly P[] };
/** The first argument of an optimizer: a model's parameters, or groups of them. */
export type Trainable<P, G> = readonly P[] | readonly (ParameterGroup<P, G> | ParamsGroup<P, G>)[];
/** A group as an optimizer keeps it: all its numbers, which may be changed between steps. */
export type SettledGroup<P, G> = G & { readonly parameters: readonly P[] };

/** How one side, chalk or tape, reads a parameter. */
export interface Side<P> {
  readonly is: (x: unknown) => x is P;
  readonly value: (p: P) => NDArray;
  /** Its name; null if it has none. */
  readonly nameOf: (p: P) => string | null;
  /** Why it cannot be trained; null when it can. */
  readonly refuse: (p: P) => string | null;
}

/** The groups; a plain list is one group without its own options. */
export function groupsOf<P, G>(name: string, given: Trainable<P, G>, side: Side<P>): ParameterGroup<P, G>[] {
  const list = expectList(name, given, side);
  const isGrouped = isGroup(list[0], side);
  if (list.length === 0) throw new RangeError(`${name}: no parameters given; pass model.parameters()`);
  const groups = isGrouped ? list : [{ parameters: list }];
  return groups.map((given, i) => {
    const where = isGrouped ? `${name}: group ${i}` : name;
    if (!isGroup(given, side))
      throw new TypeError(`${where} is ${describe(given)}, expected { parameters: model.parameters(), … }`);
    const { params, parameters = params, ...own } = given;
    if (params !== undefined && parameters !== params)
      throw new TypeError(`${where} has both params and parameters; pass one of them`);
    const checked = expectParameters(where, parameters, side);
    if (checked.length === 0) throw new RangeError(`${where} has no parameters`);
    return { ...(own as Options<G>), parameters: checked };
  });
}

/** Parameters with options of their own, under PyTorch's key or ours. */
interface Grouped {
  readonly params?: unknown;
  readonly parameters?: unknown;
}

function isGroup<P>(x: unknown, side: Side<P>): x is Grouped {
  return typeof x === "object" && x !== null && !side.is(x) && ("parameters" in x || "params" in x);
}

/**
 * Checks a list of trainable parameters.
 * @throws TypeError for anything else; the message says how to get one
 */
export function expectParameters<P>(where: string, given: unknown, side: Side<P>): readonly P[] {
  const parameters = expectList(where, given, side);
  for (const [k, p] of parameters.entries()) {
    if (!side.is(p)) {
      const copies = twoCopies((p as { readonly value?: unknown } | null | undefined)?.value); // of chalk's parameter
      const remedy = copies ?? (twoCopies(p) ? "one of this copy" : "pass model.parameters()");
      throw new TypeError(`${where}: parameter ${k} is ${describe(p)}, expected a parameter: ${remedy}`);
    }
    const refusal = side.refuse(p);
    if (refusal)
      throw new TypeError(
        `${where}: parameter ${k}, of shape ${formatShape(side.value(p).shape)}, ${refusal}`,
      );
  }
  return parameters as readonly P[];
}

function expectList<P>(where: string, given: unknown, side: Side<P>): readonly unknown[] {
  if (Array.isArray(given)) return given;
  if (side.is(given))
    throw new TypeError(`${where}: expected a list of parameters, got one; pass [parameter]`);
  const model = given as { parameters?: unknown; constructor?: { name: string } } | null;
  if (typeof model?.parameters === "function")
    throw new TypeError(`${where}: expected parameters, got ${describe(given)}; pass model.parameters()`);
  throw new TypeError(
    `${where}: expected a list of parameters, got ${describe(given)}; pass model.parameters()`,
  );
}

/**
 * Compares parameters by their arrays, since chalk makes new objects in every call of `parameters`.
 * @throws RangeError for one given twice
 */
export function expectDistinct<P>(
  name: string,
  groups: readonly { readonly parameters: readonly P[] }[],
  side: Side<P>,
): void {
  const seen = new Map<NDArray, string>();
  for (const [i, { parameters }] of groups.entries()) {
    for (const [k, p] of parameters.entries()) {
      const value = side.value(p);
      const place = groups.length > 1 ? `group ${i}` : "the list";
      const first = seen.get(value);
      if (first) {
        const label = side.nameOf(p) ?? `parameter ${k} of ${place}, of shape ${formatShape(value.shape)},`;
        throw new RangeError(
          `${name}: ${label} is in ${first} and again in ${place}; some parameters appear in more than one parameter group: pass each once`,
        );
      }
      seen.set(value, place);
    }
  }
}
