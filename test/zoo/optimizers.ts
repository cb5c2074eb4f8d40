import type { AdamGroup, SGDGroup } from "chalk-and-tape/contracts";
import { Adam, type Optimizer, type Parameter, SGD } from "chalk-and-tape/manual";
import { type NDArray, sqrt } from "chalk-and-tape/np";
import type { Cause, ZooEntry } from "./entry.ts";

/** One number or array for each parameter, 0 before its first step. */
class State {
  readonly #arrays: (NDArray | undefined)[] = [];
  get(i: number, like: NDArray): NDArray {
    return this.#arrays[i] ?? like.mul(0);
  }
  has(i: number): boolean {
    return this.#arrays[i] !== undefined;
  }
  set(i: number, x: NDArray): NDArray {
    this.#arrays[i] = x;
    return x;
  }
}

/** g + λp, the right first line of every optimizer. */
function decayed(p: Parameter, weightDecay: number): NDArray {
  const g = p.gradient as NDArray;
  return weightDecay > 0 ? g.add(p.value.mul(weightDecay)) : g;
}
function each({ parameters }: Optimizer): IterableIterator<[number, Parameter]> {
  return parameters.entries();
}

const entry = {
  cause: "other" as Cause,
  expects: { quantity: "weight after 20 steps", says: /your step gives other weights/ },
};
const sgd = {
  ...entry,
  name: "SGD",
  fix: "v ← μv + (1 − τ)g, the first v is g; p ← p − ηv, or p − η(g + μv)",
};
const adam = { ...entry, name: "Adam", fix: "p ← p − η m̂ / (√v̂ + ε), m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ)" };

/** Wrong steps. */
export const optimizersZoo: readonly ZooEntry[] = [
  {
    ...sgd,
    id: "sgd-plain-always",
    cause: "update rule",
    what: "weight decay and Nesterov forgotten",
    why: "options that the default leaves off are never tried",
    student: class extends SGD {
      readonly #v: State = new State();
      override step(): void {
        const { lr, momentum, dampening } = this.groups[0] as SGDGroup;
        for (const [i, p] of each(this)) {
          const g = p.gradient as NDArray;
          const v = this.#v.has(i)
            ? this.#v
                .get(i, g)
                .mul(momentum)
                .add(g.mul(1 - dampening))
            : g;
          p.value.addInPlace(momentum > 0 ? this.#v.set(i, v) : g, -lr);
        }
      }
    },
  },
  {
    ...sgd,
    id: "sgd-ascends",
    what: "p + η g",
    why: "the gradient is expected to contain the minus",
    cause: "sign",
    student: class extends SGD {
      readonly #v: State = new State();
      override step(): void {
        const { lr, momentum, dampening, weightDecay, nesterov } = this.groups[0] as SGDGroup;
        for (const [i, p] of each(this)) {
          const g = decayed(p, weightDecay);
          const v = this.#v.has(i)
            ? this.#v
                .get(i, g)
                .mul(momentum)
                .add(g.mul(1 - dampening))
            : g;
          this.#v.set(i, v);
          p.value.addInPlace(momentum === 0 ? g : nesterov ? g.add(v.mul(momentum)) : v, lr);
        }
      }
    },
  },
  {
    ...sgd,
    id: "sgd-average-of-gradients",
    cause: "momentum",
    what: "v = μv + (1 − μ)g",
    why: "Adam's moving average, and half the textbooks'",
    student: class extends SGD {
      readonly #v: State = new State();
      override step(): void {
        const { lr, momentum, weightDecay, nesterov } = this.groups[0] as SGDGroup;
        for (const [i, p] of each(this)) {
          const g = decayed(p, weightDecay);
          const v = this.#v.set(
            i,
            this.#v
              .get(i, g)
              .mul(momentum)
              .add(g.mul(1 - momentum)),
          );
          p.value.addInPlace(nesterov ? g.add(v.mul(momentum)) : v, -lr);
        }
      }
    },
  },
  {
    ...sgd,
    id: "sgd-decay-after-momentum",
    cause: "weight decay",
    what: "weight decay added after the momentum: p ← p − η(v + λp)",
    why: "weight decay is the last exercise, so its line is added at the end",
    student: class extends SGD {
      readonly #v: State = new State();
      override step(): void {
        const { lr, momentum, dampening, weightDecay, nesterov } = this.groups[0] as SGDGroup;
        for (const [i, p] of each(this)) {
          const g = p.gradient as NDArray;
          const before = this.#v.has(i) ? this.#v.get(i, g).mul(momentum) : null;
          const v = this.#v.set(i, before ? before.add(g.mul(1 - dampening)) : g);
          const direction = momentum === 0 ? g : nesterov ? g.add(v.mul(momentum)) : v;
          p.value.addInPlace(direction.add(p.value.mul(weightDecay)), -lr);
        }
      }
    },
  },
  {
    ...sgd,
    id: "sgd-dampens-first",
    cause: "momentum",
    what: "the first velocity dampened",
    why: "v starts at 0, and the formula is applied from the first step on",
    student: class extends SGD {
      readonly #v: State = new State();
      override step(): void {
        const { lr, momentum, dampening, weightDecay, nesterov } = this.groups[0] as SGDGroup;
        for (const [i, p] of each(this)) {
          const g = decayed(p, weightDecay);
          if (momentum === 0) p.value.addInPlace(g, -lr);
          else {
            const before = this.#v.get(i, g).mul(momentum);
            const v = this.#v.set(i, before.add(g.mul(1 - dampening)));
            p.value.addInPlace(nesterov ? g.add(v.mul(momentum)) : v, -lr);
          }
        }
      }
    },
  },
  {
    ...sgd,
    id: "sgd-nesterov-without-g",
    cause: "momentum",
    what: "Nesterov's step without g: p − η μ v",
    why: "g + μv is shortened to the part that looks new",
    student: class extends SGD {
      readonly #v: State = new State();
      override step(): void {
        const { lr, momentum, dampening, weightDecay, nesterov } = this.groups[0] as SGDGroup;
        for (const [i, p] of each(this)) {
          const g = decayed(p, weightDecay);
          const v = this.#v.has(i)
            ? this.#v
                .get(i, g)
                .mul(momentum)
                .add(g.mul(1 - dampening))
            : g;
          this.#v.set(i, v);
          p.value.addInPlace(momentum === 0 ? g : nesterov ? v.mul(momentum) : v, -lr);
        }
      }
    },
  },
  {
    ...sgd,
    id: "sgd-one-velocity",
    cause: "update rule",
    what: "the velocity restarts in every step",
    why: "it lives in a local variable",
    student: class extends SGD {
      override step(): void {
        const { lr, momentum, weightDecay, nesterov } = this.groups[0] as SGDGroup;
        for (const [, p] of each(this)) {
          const g = decayed(p, weightDecay);
          let v = g.mul(0);
          v = v.mul(momentum).add(g);
          p.value.addInPlace(nesterov ? g.add(v.mul(momentum)) : v, -lr);
        }
      }
    },
  },
  {
    ...sgd,
    id: "sgd-shared-velocity",
    what: "one velocity for all parameters",
    why: "this.v instead of this.v[i]",
    fix: "every parameter has its own velocity",
    expects: { quantity: "no error", says: /shape/i },
    student: class extends SGD {
      #v: NDArray | null = null;
      override step(): void {
        const { lr, momentum, dampening, weightDecay, nesterov } = this.groups[0] as SGDGroup;
        for (const [, p] of each(this)) {
          const g = decayed(p, weightDecay);
          const v: NDArray = this.#v ? this.#v.mul(momentum).add(g.mul(1 - dampening)) : g;
          this.#v = v;
          p.value.addInPlace(momentum === 0 ? g : nesterov ? g.add(v.mul(momentum)) : v, -lr);
        }
      }
    },
  },
  {
    ...adam,
    id: "adam-no-correction",
    cause: "bias correction",
    what: "without bias correction",
    why: "1 − βᵗ is soon 1, so it seems unnecessary",
    student: class extends Adam {
      readonly #m: State = new State();
      readonly #v: State = new State();
      override step(): void {
        const { lr, betas, eps, weightDecay } = this.groups[0] as AdamGroup;
        const [b1, b2] = betas;
        for (const [i, p] of each(this)) {
          const g = decayed(p, weightDecay);
          const m = this.#m.set(
            i,
            this.#m
              .get(i, g)
              .mul(b1)
              .add(g.mul(1 - b1)),
          );
          const v = this.#v.set(
            i,
            this.#v
              .get(i, g)
              .mul(b2)
              .add(g.mul(g).mul(1 - b2)),
          );
          p.value.addInPlace(m.div(sqrt(v).add(eps)), -lr);
        }
      }
    },
  },
];

/** Adam with one line left open: it computes what is subtracted from m, v, the two corrections and the step's numbers. */
interface Moments {
  readonly g: NDArray;
  readonly m: NDArray;
  readonly v: NDArray;
  readonly c1: number;
  readonly c2: number;
  readonly group: AdamGroup;
}
interface Slip {
  /** The t that the i-th of n parameters uses; default the number of the step. */
  readonly t?: (step: number, i: number, n: number) => number;
  readonly betas?: (betas: readonly [number, number]) => readonly [number, number];
  readonly second?: (g: NDArray, m: NDArray) => NDArray;
  readonly update?: (moments: Moments) => NDArray;
  /** Decoupled weight decay, as in AdamW. */
  readonly decoupled?: true;
}

function rightUpdate({ m, v, c1, c2, group: { lr, eps } }: Moments): NDArray {
  return m
    .div(c1)
    .div(sqrt(v.div(c2)).add(eps))
    .mul(lr);
}

/** Adam's step written out once, with one slip. */
function adamWith(slip: Slip): ZooEntry["student"] {
  return class extends Adam {
    readonly #m: State = new State();
    readonly #v: State = new State();
    #step = 0;
    override step(): void {
      const group = this.groups[0] as AdamGroup;
      const [b1, b2] = slip.betas?.(group.betas) ?? group.betas;
      this.#step += 1;
      for (const [i, p] of each(this)) {
        const t = slip.t?.(this.#step, i, this.parameters.length) ?? this.#step;
        const g = decayed(p, slip.decoupled ? 0 : group.weightDecay);
        const m = this.#m.set(
          i,
          this.#m
            .get(i, g)
            .mul(b1)
            .add(g.mul(1 - b1)),
        );
        const second = slip.second?.(g, m) ?? g.mul(g);
        const v = this.#v.set(
          i,
          this.#v
            .get(i, g)
            .mul(b2)
            .add(second.mul(1 - b2)),
        );
        const update = (slip.update ?? rightUpdate)({ g, m, v, c1: 1 - b1 ** t, c2: 1 - b2 ** t, group });
        if (slip.decoupled) p.value.addInPlace(p.value.copy(), -group.lr * group.weightDecay);
        p.value.addInPlace(update, -1);
      }
    }
  };
}

/** Adam and its many small pitfalls. */
export const adamZoo: readonly ZooEntry[] = [
  {
    ...adam,
    id: "adam-t-of-parameters",
    cause: "bias correction",
    what: "t grows with every parameter instead of every step",
    why: "t += 1 is inside the loop",
    fix: "t += 1 once per step",
    student: adamWith({ t: (step, i, n) => (step - 1) * n + i + 1 }),
  },
  {
    ...adam,
    id: "adam-t-from-zero",
    cause: "bias correction",
    what: "t counted from 2: the correction of the next step",
    why: "t is increased before and after",
    fix: "t is 1 in the first step",
    student: adamWith({ t: (step) => step + 1 }),
  },
  {
    ...adam,
    id: "adam-t-zero",
    cause: "bias correction",
    what: "t is 0 in the first step, so the correction divides by 0",
    why: "t is increased at the end of step",
    fix: "t is 1 in the first step",
    student: adamWith({ t: (step) => step - 1 }),
  },
  {
    ...adam,
    id: "adam-betas-swapped",
    cause: "update rule",
    what: "β₁ and β₂ swapped",
    why: "two numbers near 1",
    student: adamWith({ betas: ([b1, b2]) => [b2, b1] }),
  },
  {
    ...adam,
    id: "adam-square-of-mean",
    cause: "update rule",
    what: "v averages m² instead of g²",
    why: "m is in the line above",
    student: adamWith({ second: (_g, m) => m.mul(m) }),
  },
  {
    ...adam,
    id: "adam-no-root",
    cause: "update rule",
    what: "divided by v̂, not by its root",
    why: "the root was lost from one line to the next",
    student: adamWith({
      update: ({ m, v, c1, c2, group: { lr, eps } }) => m.div(c1).div(v.div(c2).add(eps)).mul(lr),
    }),
  },
  {
    ...adam,
    id: "adam-eps-inside",
    cause: "epsilon",
    what: "ε under the root",
    why: "some write RMSProp so; with the usual 1e-8 the difference hardly shows",
    student: adamWith({
      update: ({ m, v, c1, c2, group: { lr, eps } }) =>
        m
          .div(c1)
          .div(sqrt(v.div(c2).add(eps)))
          .mul(lr),
    }),
  },
  {
    ...adam,
    id: "adam-eps-before-correction",
    cause: "epsilon",
    what: "ε added before the correction of v",
    why: "the paper's faster form, with ε in place of its ε̂",
    student: adamWith({
      update: ({ m, v, c1, c2, group: { lr, eps } }) =>
        m.div(sqrt(v).add(eps)).mul((lr * Math.sqrt(c2)) / c1),
    }),
  },
  {
    ...adam,
    id: "adam-first-moment-uncorrected",
    cause: "bias correction",
    what: "only v is corrected",
    why: "one of two similar lines was forgotten",
    student: adamWith({
      update: ({ m, v, c2, group: { lr, eps } }) => m.div(sqrt(v.div(c2)).add(eps)).mul(lr),
    }),
  },
  {
    ...adam,
    id: "adam-decoupled-decay",
    cause: "weight decay",
    what: "weight decay as in AdamW",
    why: "the better known of the two",
    student: adamWith({ decoupled: true }),
  },
];
