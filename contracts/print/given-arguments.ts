import { type AnyContract, type Contract, type Settled, settle as settleValues } from "../../np/internal.ts";

/** What an object was made with. */
interface Given {
  readonly contract: AnyContract;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The newest object of each class, by the class's name; its constructor settles its arguments next. */
const newest = new Map<string, WeakRef<object>>();
const given = new WeakMap<object, Given>();

/** For the constructor of all layers or modules: arguments settled under the name of one of this object's classes are its own. */
export function beginArguments(part: object, base: object): void {
  const ref = new WeakRef(part);
  for (let owner = Object.getPrototypeOf(part); owner && owner !== base; owner = Object.getPrototypeOf(owner))
    newest.set(owner.constructor.name, ref);
}

/**
 * All values of a contract, those given and the defaults of the others. The object under construction is printed with
 * them.
 * @throws TypeError, RangeError for a value that does not fit
 */
export function settle<P extends object, O extends object>(
  contract: Contract<P, O>,
  positional: P,
  options: O,
): Settled<P, O> {
  const values = settleValues(contract, positional, options);
  const part = newest.get(contract.name)?.deref();
  if (part) given.set(part, { contract, values });
  return values;
}

/** What an object was made with; null if its class settles no contract. */
export function givenArguments(part: object): Given | null {
  return given.get(part) ?? null;
}
