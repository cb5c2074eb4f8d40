import { expect } from "chai";
import { type NDArray, random, sqrt } from "chalk-and-tape/np";
import {
  adviceText,
  diagnoseStep,
  type SeenStep,
  type StepOptions,
  type StepTrace,
} from "#internal/gradcheck";

const seeds = Array.from({ length: 8 }, (_, seed) => seed);

/** The next value of one parameter; the state lives in the closure. */
type Step = (p: NDArray, g: NDArray, o: StepOptions, t: number) => NDArray;
/** A new step for each parameter, by its position. */
type Optimizer = (position: number) => Step;

/** Twelve steps of two parameters of equal shape, in two groups; lr and momentum change midway. */
function run(make: Optimizer, options: readonly [StepOptions, StepOptions], seed: number): StepTrace {
  return new Map(
    ["weight", "other"].map((name, position): [string, SeenStep[]] => {
      const rng = random(seed * 2 + position);
      const step = make(position);
      let p = rng.normal(0, 1, [3, 2]);
      const steps = Array.from({ length: 12 }, (_, i): SeenStep => {
        const base = options[position] as StepOptions;
        const o = i < 6 ? base : { ...base, lr: (base.lr as number) / 2 };
        const gradient = rng.normal(0, 1, [3, 2]);
        const before = p.copy();
        p = step(p, gradient, o, i + 1);
        return { gradient, before, after: p.copy(), options: o };
      });
      return [name, steps];
    }),
  );
}

const number = (o: StepOptions, name: string): number => o[name] as number;
const sgdGroup = { lr: 0.1, momentum: 0.9, dampening: 0, weightDecay: 0.1, nesterov: false };
const sgdGroups = [sgdGroup, { ...sgdGroup, lr: 0.03, weightDecay: 0.05 }] as const;
const adamGroup = { lr: 0.1, betas: [0.8, 0.95], eps: 1e-3, weightDecay: 0.1, amsgrad: false };
const adamGroups = [adamGroup, { ...adamGroup, lr: 0.02 }] as const;

/** SGD as `sgd.ts` has it, with places for mistakes. */
function sgd({
  decayLast = false,
  once = false,
  average = false,
  wrongRate = 1,
  inV = false,
} = {}): Optimizer {
  return () => {
    let v: NDArray | null = null;
    let firstRate: number | null = null;
    return (p, g, o) => {
      firstRate ??= number(o, "lr");
      const lr = (once ? firstRate : number(o, "lr")) * wrongRate;
      const [mu, decay] = [number(o, "momentum"), number(o, "weightDecay")];
      const d = decayLast ? g : g.add(p.mul(decay));
      const scaled = d.mul(inV ? lr : 1);
      v = v ? v.mul(mu).add(scaled.mul(average ? 1 - mu : 1)) : scaled;
      const direction = decayLast ? v.add(p.mul(decay)) : v;
      return p.sub(direction.mul(inV ? 1 : lr));
    };
  };
}

/** Adam as `adam.ts` has it, with places for mistakes. */
function adam({
  t0 = 0,
  isInside = false,
  isOutside = true,
  corrects = true,
  decay = "penalty",
  factor = 1,
} = {}): Optimizer {
  return () => {
    let [m, v]: (NDArray | null)[] = [null, null];
    return (p, plain, o, t) => {
      const [b1 = 0, b2 = 0] = o.betas as number[];
      const [lr, eps, lambda] = [number(o, "lr"), number(o, "eps"), number(o, "weightDecay")];
      const g = decay === "penalty" ? plain.add(p.mul(lambda)) : plain;
      m = (m ?? g.mul(0)).mul(b1).add(g.mul(1 - b1));
      v = (v ?? g.mul(0)).mul(b2).add(g.mul(g).mul(1 - b2));
      const [mHat, vHat] = corrects ? [m.div(1 - b1 ** (t + t0)), v.div(1 - b2 ** (t + t0))] : [m, v];
      const root = isInside ? sqrt(vHat.add(eps)) : isOutside ? sqrt(vHat).add(eps) : sqrt(vHat);
      const next = p.sub(mHat.div(root).mul(lr * factor));
      return decay === "after"
        ? next.mul(1 - lr * lambda)
        : decay === "apart"
          ? next.sub(p.mul(lr * lambda))
          : next;
    };
  };
}

describe("diagnoseStep", () => {
  const mistakes: readonly (readonly [what: string, cause: string, says: RegExp, make: Optimizer, of: "sgd" | "adam"])[] = [
    ["decay after the momentum", "weight decay", /add the weight decay after the momentum/, sgd({ decayLast: true }), "sgd"],
    ["lr read once", "update rule", /the options that the group had in the first step/, sgd({ once: true }), "sgd"],
    ["an average of gradients", "momentum", /v ← μv \+ \(1 − μ\)g/, sgd({ average: true }), "sgd"],
    ["lr in the velocity", "momentum", /keep ηg in the velocity/, sgd({ inV: true }), "sgd"],
    ["uphill", "sign", /go uphill/, sgd({ wrongRate: -1 }), "sgd"],
    ["twice the step", "factor 2", /times 2/, sgd({ wrongRate: 2 }), "sgd"],
    ["any other factor", "other factor", /times 0.37/, sgd({ wrongRate: 0.37 }), "sgd"],
    ["no momentum", "momentum", /right for momentum 0/, () => (p, g, o) => p.sub(g.add(p.mul(number(o, "weightDecay"))).mul(number(o, "lr"))), "sgd"],
    ["the first group only", "update rule", /options of the first group/, () => {
      const step = sgd()(0);
      return (p, g, o, t) => step(p, g, { ...sgdGroups[0], lr: t <= 6 ? sgdGroup.lr : sgdGroup.lr / 2 , momentum: o.momentum }, t);
    }, "sgd"],
    ["t one ahead", "bias correction", /t is 2 in the first step/, adam({ t0: 1 }), "adam"],
    ["t from 0", "bias correction", /NaN or infinite, first in step 1: look.*t is 1 in the first step/, adam({ t0: -1 }), "adam"],
    ["no correction", "bias correction", /no bias correction/, adam({ corrects: false }), "adam"],
    ["ε inside", "epsilon", /ε under the root/, adam({ isInside: true }), "adam"],
    ["no ε", "epsilon", /leave out ε/, adam({ isOutside: false }), "adam"],
    ["AdamW's decay", "weight decay", /apart from the gradient/, adam({ decay: "apart" }), "adam"],
    ["decay after the step", "weight decay", /decay p after the step/, adam({ decay: "after" }), "adam"],
  ]; // biome-ignore format: a table
  const groups = { sgd: sgdGroups, adam: adamGroups };
  const right = { sgd: sgd(), adam: adam() };
  for (const [what, cause, says, make, of] of mistakes) {
    it(`${of}, ${what}: ${cause}, at 8 seeds`, () => {
      for (const seed of seeds) {
        const found = diagnoseStep(run(make, groups[of], seed), run(right[of], groups[of], seed));
        expect(found.cause, `seed ${seed}: ${adviceText(found)}`).to.equal(cause);
        expect(adviceText(found)).to.match(says);
        for (const [, , other] of mistakes) if (other !== says) expect(adviceText(found)).not.to.match(other);
      }
    });
    it(`${of}, ${what}, and 1e-7 of noise: nothing known`, () => {
      const noise = random(9);
      const noisy: Optimizer = (position) => {
        const step = make(position);
        return (p, g, o, t) => step(p, g, o, t).add(noise.normal(0, 1e-8, p.shape));
      };
      if (what === "t from 0") return;
      const found = diagnoseStep(run(noisy, groups[of], 1), run(right[of], groups[of], 1));
      expect(found.cause, adviceText(found)).to.equal("unknown");
    });
  }
  it("an unknown method: the report says where the steps begin to differ", () => {
    const signs: Optimizer = () => (p, g, o) =>
      p.sub(g.greater(0).astype("float64").sub(0.5).mul(number(o, "lr")));
    const found = diagnoseStep(run(signs, sgdGroups, 1), run(signs, sgdGroups, 1));
    expect(found.cause).to.equal("unknown");
    const wrong = diagnoseStep(run(signs, sgdGroups, 1), run(sgd(), sgdGroups, 1));
    expect(wrong.where).to.equal("the values differ: weight from step 1 on, other from step 1 on");
    expect(wrong.what).to.match(/no known mistake/);
  });
});
