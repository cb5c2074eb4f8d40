import type { AdamOptions, SGDGroup, SGDOptions } from "chalk-and-tape/contracts";
import { Adam, type Parameter, SGD } from "chalk-and-tape/manual";
import { type NDArray, sqrt, zerosLike } from "chalk-and-tape/np";
import type { Cause, ZooEntry } from "./entry.ts";

const sgd = { name: "SGD", cause: "other" as Cause };

/** The gradient of a parameter, which these steps take to be there. */
function gradientOf(p: Parameter): NDArray {
  return p.gradient as NDArray;
}

/** SGD with momentum and weight decay as a student writes it without our base class: one list, and a velocity for each. */
class OwnSGD {
  lr: number;
  momentum: number;
  weightDecay: number;
  readonly parameters: readonly Parameter[];
  readonly velocities: NDArray[];
  constructor(
    parameters: readonly Parameter[],
    { lr = 1e-3, momentum = 0, weightDecay = 0 }: SGDOptions = {},
  ) {
    [this.lr, this.momentum, this.weightDecay] = [lr, momentum, weightDecay];
    this.parameters = parameters;
    this.velocities = parameters.map(({ value }) => zerosLike(value));
  }
  step(): void {
    for (const [i, p] of this.parameters.entries()) this.update(p, gradientOf(p), i);
  }
  protected update(p: Parameter, g: NDArray, i: number): void {
    const v = (this.velocities[i] as NDArray).mul(this.momentum).add(g);
    this.velocities[i] = v;
    p.value.addInPlace(v, -this.lr);
  }
}

/** Steps that follow the right formula and fail in time, in groups, or beside another object. */
export const optimizerHabitsZoo: readonly ZooEntry[] = [
  {
    ...sgd,
    id: "sgd-lr-of-the-constructor",
    what: "lr kept from the constructor",
    why: "this.lr = lr seems enough, and no test has a schedule",
    fix: "read group.lr in every step",
    expects: { quantity: "lr changed midway", says: /stay the same after lr has changed/ },
    student: class extends SGD {
      readonly #lr: number;
      constructor(parameters: readonly Parameter[], options: SGDOptions = {}) {
        super(parameters, options);
        this.#lr = options.lr ?? 1e-3;
      }
      override step(): void {
        const lrs = this.groups.map(({ lr }) => lr);
        for (const group of this.groups) group.lr = this.#lr;
        super.step();
        for (const [i, group] of this.groups.entries()) group.lr = lrs[i] as number;
      }
    },
  },
  {
    ...sgd,
    id: "sgd-momentum-of-the-constructor",
    what: "momentum kept from the constructor",
    why: "only lr is known to change in training",
    fix: "read momentum in every step",
    expects: { quantity: "momentum changed midway", says: /after momentum has changed/ },
    student: class extends OwnSGD {
      readonly #momentum: number;
      constructor(parameters: readonly Parameter[], options: SGDOptions = {}) {
        super(parameters, options);
        this.#momentum = this.momentum;
      }
      override step(): void {
        this.momentum = this.#momentum;
        super.step();
      }
    },
  },
  {
    ...sgd,
    id: "sgd-first-group-only",
    what: "only the first group is updated",
    why: "there has always been one group",
    fix: "for (const group of this.groups)",
    expects: { quantity: "two groups", says: /leaves layer2\.weight alone/ },
    student: class extends SGD {
      override step(): void {
        const [first, ...others] = this.groups.map(({ parameters }) => parameters);
        const kept = others.flat().map(({ value }) => value.copy());
        super.step();
        if (first) for (const [i, p] of others.flat().entries()) p.value.copyFrom(kept[i] as NDArray);
      }
    },
  },
  {
    ...sgd,
    id: "sgd-lr-of-the-first-group",
    what: "every group steps with the lr of the first",
    why: "const { lr } = this.groups[0] stands before the loop",
    fix: "read group.lr inside the loop over the groups",
    expects: { quantity: "two groups", says: /uses the lr of the first for both/ },
    student: class extends SGD {
      override step(): void {
        const { lr } = this.groups[0] as SGDGroup;
        const own = this.groups.map((group) => group.lr);
        for (const group of this.groups) group.lr = lr;
        super.step();
        for (const [i, group] of this.groups.entries()) group.lr = own[i] as number;
      }
    },
  },
  {
    ...sgd,
    id: "sgd-velocity-by-shape",
    what: "one velocity for all parameters of a shape",
    why: "the shape looks like a name",
    fix: "a Map by the parameter itself, or a list by position",
    expects: { quantity: "parameters of equal shapes", says: /not by its shape/ },
    student: class extends OwnSGD {
      readonly #byShape: Map<string, NDArray> = new Map();
      protected override update(p: Parameter, g: NDArray): void {
        const key = String(p.value.shape);
        const v = this.#byShape.get(key)?.mul(this.momentum).add(g) ?? g;
        this.#byShape.set(key, v);
        p.value.addInPlace(v, -this.lr);
      }
    },
  },
  {
    ...sgd,
    id: "sgd-gradient-scaled-in-place",
    what: "the gradient is multiplied by lr in place",
    why: "it is not needed afterwards, as it seems",
    fix: "p.value.addInPlace(g, -lr)",
    expects: { quantity: "gradients unchanged", says: /changes the gradients/ },
    student: class extends OwnSGD {
      protected override update(p: Parameter, g: NDArray, i: number): void {
        const v = (this.velocities[i] as NDArray).mul(this.momentum).add(g);
        this.velocities[i] = v;
        g.copyFrom(v.mul(this.lr));
        p.value.addInPlace(g, -1);
      }
    },
  },
  {
    ...sgd,
    id: "sgd-static-velocities",
    what: "velocities in a static field, by name",
    why: "static is taken for constant",
    fix: "a field of the object",
    expects: { quantity: "two optimizers", says: /not in a static field/ },
    student: class Shared extends OwnSGD {
      static readonly velocities: Map<string, NDArray> = new Map();
      protected override update(p: Parameter, g: NDArray): void {
        const before = Shared.velocities.get(p.name) ?? g.mul(0);
        const v = (String(before.shape) === String(g.shape) ? before : g.mul(0)).mul(this.momentum).add(g);
        Shared.velocities.set(p.name, v);
        p.value.addInPlace(v, -this.lr);
      }
    },
  },
  {
    ...sgd,
    id: "sgd-value-replaced",
    what: "p.value = p.value.sub(…)",
    why: "so the formula has it",
    fix: "p.value.addInPlace(v, -lr)",
    expects: { quantity: "weight after 20 steps", says: /change the arrays in place/ },
    student: class extends OwnSGD {
      protected override update(p: Parameter, g: NDArray): void {
        Object.assign(p, { value: p.value.sub(g.mul(this.lr)) });
      }
    },
  },
  {
    ...sgd,
    id: "sgd-decay-beside-the-momentum",
    what: "p ← p − η (v + λp): the decay is not in the velocity",
    why: "decay is thought of as a part of the step, not of the gradient",
    fix: "g ← g + λp first",
    expects: { quantity: "weight decay", says: /with \{ weightDecay: 0\.1 \}/ },
    student: class extends OwnSGD {
      protected override update(p: Parameter, g: NDArray, i: number): void {
        const v = (this.velocities[i] as NDArray).mul(this.momentum).add(g);
        this.velocities[i] = v;
        p.value.addInPlace(v.add(p.value.mul(this.weightDecay)), -this.lr);
      }
    },
  },
  {
    ...sgd,
    id: "sgd-rests-without-slope",
    what: "a parameter whose gradient is 0 is skipped",
    why: "nothing to do, as it seems; but the velocity goes on",
    fix: "skip only where the gradient is null",
    expects: { quantity: "a gradient of 0", says: /where a gradient is 0/ },
    student: class extends OwnSGD {
      protected override update(p: Parameter, g: NDArray, i: number): void {
        if (Array.from(g.flat()).some(Boolean)) super.update(p, g, i);
      }
    },
  },
  {
    ...sgd,
    id: "sgd-stops-at-null",
    what: "return at the first parameter without a gradient",
    why: "return is written for continue",
    fix: "continue",
    expects: { quantity: "a gradient that is null", says: /go on with the next \(continue\)/ },
    student: class extends OwnSGD {
      override step(): void {
        for (const [i, p] of this.parameters.entries()) {
          if (!p.gradient) return;
          this.update(p, p.gradient, i);
        }
      }
    },
  },
  {
    name: "Adam",
    cause: "other",
    id: "adam-time-outside-the-class",
    what: "t counted in a variable outside the class",
    why: "there is one optimizer in the script",
    fix: "this.t",
    expects: { quantity: "two optimizers", says: /variable outside the class/ },
    student: adamOutside(),
  },
];

/** Adam whose t belongs to all objects. */
function adamOutside(): ZooEntry["student"] {
  let t = 0;
  return class extends Adam {
    readonly #averages: Map<Parameter, [m: NDArray, v: NDArray]> = new Map();
    readonly #options: Required<Pick<AdamOptions, "betas" | "eps">>;
    constructor(parameters: readonly Parameter[], options: AdamOptions = {}) {
      super(parameters, options);
      this.#options = { betas: options.betas ?? [0.9, 0.999], eps: options.eps ?? 1e-8 };
    }
    override step(): void {
      t += 1;
      const { betas, eps } = this.#options;
      const [b1, b2] = betas;
      for (const { lr, parameters } of this.groups)
        for (const p of parameters) {
          const g = gradientOf(p);
          const [m0, v0] = this.#averages.get(p) ?? [zerosLike(g), zerosLike(g)];
          const m = m0.mul(b1).add(g.mul(1 - b1));
          const v = v0.mul(b2).add(g.mul(g).mul(1 - b2));
          this.#averages.set(p, [m, v]);
          p.value.addInPlace(m.div(1 - b1 ** t).div(sqrt(v.div(1 - b2 ** t)).add(eps)), -lr);
        }
    }
  };
}
