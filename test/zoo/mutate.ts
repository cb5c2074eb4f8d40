import type { Case } from "chalk-and-tape/compare";
import type { Parameter } from "chalk-and-tape/manual";
import { type NDArray, random } from "chalk-and-tape/np";
import type { Found, Mutator } from "./mutators.ts";

/** A row with one quantity of chalk's spoilt, and whether that ever made a difference. */
export interface Mutant {
  readonly row: Case;
  /** Whether any gradient or step changed. A mutant that changes nothing does not count. */
  changed(): boolean;
  /** Why the mutator does not apply, if it said so. */
  skipped(): string | null;
}

/** Below this, relative to the largest element, a difference is rounding: a row's mean that should be 0 and is 1e-17. */
const rounding = 1e-9;

function differ(a: NDArray, b: NDArray): boolean {
  const [x, y] = [[...a.flat()], b.flat()];
  const largest = x.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  return x.some((value, i) => !(Math.abs(value - (y[i] as number)) <= rounding * largest));
}

/** The quantities of a row that can be spoilt: its parameters, and x where chalk returns dx. */
export function quantitiesOf(row: Case): string[] {
  const names = row
    .manual(random(0))
    .parameters()
    .map(({ name }) => name);
  return row.optimizer || row.expects?.noInputGradient
    ? names
    : ["x", ...(row.inputs.x2 ? ["x2"] : []), ...names];
}

/** Overrides a method of one object, as a subclass would, and not as an enumerable field. */
function override(object: object, method: string, value: unknown): void {
  Object.defineProperty(object, method, { value, configurable: true });
}

/** A copy of the row in which `mutator` spoils one quantity after every backward; forward stays right. */
export function mutate(row: Case, quantity: string, mutator: Mutator): Mutant {
  let [changed, skipped] = [false, null as string | null];
  const spoil = (found: Found): NDArray => {
    const wrong = mutator.spoil(found);
    if (typeof wrong === "string") skipped = wrong;
    else if (differ(found.gradient, wrong)) changed = true;
    return typeof wrong === "string" ? found.gradient : wrong;
  };
  const state = { changed: () => changed, skipped: () => skipped };
  if (row.optimizer) return { row: spoilSteps(row, quantity, spoil), ...state };
  const manual: Case["manual"] = (rng) => {
    const layer = row.manual(rng);
    const right = layer.backward.bind(layer);
    const all = (): Parameter[] => layer.parameters();
    const input = ["x", "x2"].indexOf(quantity);
    const one = (dx: ReturnType<typeof right>): NDArray =>
      (input < 0 ? all().find(({ name }) => name === quantity)?.gradient : [dx].flat()[input]) as NDArray;
    override(layer, "backward", (dy: NDArray) => {
      const dx = right(dy);
      const kept = all().map(({ gradient }) => gradient);
      const restore = (): void => {
        for (const [i, p] of all().entries()) p.gradient = kept[i] as NDArray;
      };
      const again = (other: NDArray): NDArray => {
        const found = one(right(other));
        restore();
        return found;
      };
      const wrong = spoil({ gradient: one(dx), dy, again });
      if (input >= 0) return row.inputs.x2 ? [dx].flat().map((one, i) => (i === input ? wrong : one)) : wrong;
      for (const p of all()) if (p.name === quantity) p.gradient = wrong;
      return dx;
    });
    return layer;
  };
  return { row: { ...row, manual }, ...state };
}

function spoilSteps(row: Case, quantity: string, spoil: (found: Found) => NDArray): Case {
  const optimizer = row.optimizer as NonNullable<Case["optimizer"]>;
  const manual: typeof optimizer.build.manual = (parameters) => {
    const built = optimizer.build.manual(parameters);
    const step = built.step.bind(built);
    const all = parameters.flatMap((one) => ("parameters" in one ? one.parameters : [one]));
    const p = all.find(({ name }) => name === quantity) as Parameter;
    override(built, "step", () => {
      const before = p.value.copy();
      step();
      const gradient = p.value.sub(before);
      p.value.copyFrom(before.add(spoil({ gradient, dy: gradient, again: (dy) => dy })));
    });
    return built;
  };
  return { ...row, optimizer: { ...optimizer, build: { ...optimizer.build, manual } } };
}
