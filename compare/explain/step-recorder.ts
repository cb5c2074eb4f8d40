import type { SeenStep, StepOptions, StepTrace } from "../../gradcheck/internal.ts";
import type { NDArray } from "../../np/index.ts";

type Named = ReadonlyMap<string, NDArray>;

/** Keeps what an optimizer did in each step, so that a wrong one can be diagnosed. */
export class StepRecorder {
  readonly #steps = new Map<string, SeenStep[]>();
  readonly #parameters: Named;
  readonly #options: ReadonlyMap<string, StepOptions>;

  /** `options` holds each parameter's group by the parameter's name; it may change between steps. */
  constructor(parameters: Named, options: ReadonlyMap<string, StepOptions>) {
    this.#parameters = parameters;
    this.#options = options;
  }

  /** Runs one step and keeps the values before and after it. A gradient is negated if the group maximizes. */
  record(gradients: Named, step: () => void): void {
    const before = new Map([...this.#parameters].map(([name, value]) => [name, value.copy()]));
    const given = new Map([...gradients].map(([name, gradient]) => [name, gradient.copy()]));
    step();
    for (const [name, value] of this.#parameters) {
      const [p, g] = [before.get(name), given.get(name)];
      if (!p || !g) continue;
      const options = { ...this.#options.get(name) };
      const gradient = options.maximize === true ? g.neg() : g;
      const steps = this.#steps.get(name) ?? [];
      steps.push({ before: p, gradient, after: value.copy(), options });
      this.#steps.set(name, steps);
    }
  }

  get trace(): StepTrace {
    return this.#steps;
  }
}

/** The group of each parameter by name, for groups that hold tensors. */
export function groupsByName(
  parameters: Named,
  groups: readonly (object & { readonly parameters: readonly { readonly data: NDArray }[] })[],
): ReadonlyMap<string, StepOptions> {
  return new Map(
    [...parameters].flatMap(([name, value]): [string, StepOptions][] => {
      const group = groups.find((one) => one.parameters.some(({ data }) => data === value));
      return group ? [[name, group]] : [];
    }),
  );
}
