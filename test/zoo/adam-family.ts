import type { AdamGroup, AdamState, NAdamGroup, NAdamState } from "chalk-and-tape/contracts";
import { abs, maximum, type NDArray, sqrt } from "chalk-and-tape/np";
import type { ZooEntry } from "./entry.ts";
import { average, moments, shrink, wrongSteps } from "./wrong-step.ts";

/** Adam's right step from m, v and the corrections. */
function adamStep(p: NDArray, g: NDArray, { lr, betas, eps, amsgrad }: AdamGroup, s: AdamState): void {
  const { c1, c2 } = moments(s, g, betas);
  if (amsgrad) s.vMax = maximum(s.vMax ?? s.v, s.v);
  const v = (amsgrad && s.vMax) || s.v;
  p.addInPlace(s.m.div(sqrt(v).div(Math.sqrt(c2)).add(eps)), -lr / c1);
}

const amsgrad = wrongSteps("Adam", "vMax ← max(vMax, v), and v̂ = vMax / (1 − β₂ᵗ)", [
  {
    id: "amsgrad-forgotten",
    cause: "update rule",
    what: "amsgrad is ignored",
    why: "the default is false, so the mistake stays unnoticed",
    step: ({ p, g, group, s }) => adamStep(p, g, { ...group, amsgrad: false }, s),
  },
  {
    id: "amsgrad-of-corrected",
    cause: "update rule",
    what: "keeps the largest v̂, instead of the largest v and correcting that",
    why: "so does the paper, and the order of the lines suggests it",
    step({ p, g, group: { lr, betas, eps, amsgrad }, s }) {
      const { c1, c2 } = moments(s, g, betas);
      const corrected = s.v.div(c2);
      if (amsgrad) s.vMax = maximum(s.vMax ?? corrected, corrected);
      p.addInPlace(s.m.div(sqrt((amsgrad && s.vMax) || corrected).add(eps)), -lr / c1);
    },
  },
  {
    id: "amsgrad-in-v",
    cause: "update rule",
    what: "v itself becomes the largest, and the next average starts from it",
    why: "one variable seems to be enough",
    step({ p, g, group, s }) {
      const before = s.v;
      const { c1, c2 } = moments(s, g, group.betas);
      if (group.amsgrad) s.v = maximum(before, s.v);
      p.addInPlace(s.m.div(sqrt(s.v).div(Math.sqrt(c2)).add(group.eps)), -group.lr / c1);
    },
  },
]);

const adamw = wrongSteps("AdamW", "p ← (1 − ηλ)p, and g stays as it is; then Adam's step", [
  {
    id: "adamw-penalty",
    cause: "weight decay",
    what: "λp added to g, as in Adam",
    why: "weight decay and an L2 penalty are the same for SGD, but not here",
    step: ({ p, g, group, s }) => adamStep(p, g.add(p.mul(group.weightDecay)), group, s),
  },
  {
    id: "adamw-decay-without-lr",
    cause: "weight decay",
    what: "p ← (1 − λ)p",
    why: "as the paper writes it, with a schedule for η",
    step({ p, g, group, s }) {
      shrink(p, { ...group, lr: 1 });
      adamStep(p, g, group, s);
    },
  },
  {
    id: "adamw-decay-afterwards",
    cause: "weight decay",
    what: "p shrinks after Adam's step, so the step shrinks as well",
    why: "the line was added at the end",
    step({ p, g, group, s }) {
      adamStep(p, g, group, s);
      shrink(p, group);
    },
  },
  {
    id: "adamw-no-decay",
    cause: "weight decay",
    what: "no decay at all",
    why: "weightDecay is assumed to be 0 by default, as in Adam",
    step: ({ p, g, group, s }) => adamStep(p, g, group, s),
  },
]);

const adamax = wrongSteps("Adamax", "u ← max(β₂u, |g| + ε), p ← p − η / (1 − β₁ᵗ) · m / u", [
  {
    id: "adamax-average",
    cause: "update rule",
    what: "u averages |g| instead of keeping the largest",
    why: "Adam's line with another power",
    step({ p, g, group: { lr, betas, eps }, s }) {
      s.t += 1;
      s.m = average(s.m, g, betas[0]);
      s.u = average(s.u, abs(g).add(eps), betas[1]);
      p.addInPlace(s.m.div(s.u), -lr / (1 - betas[0] ** s.t));
    },
  },
  {
    id: "adamax-never-forgets",
    cause: "update rule",
    what: "u ← max(u, |g| + ε): no decay",
    why: "a maximum is assumed to stay",
    step({ p, g, group: { lr, betas, eps }, s }) {
      s.t += 1;
      s.m = average(s.m, g, betas[0]);
      s.u = maximum(s.u, abs(g).add(eps));
      p.addInPlace(s.m.div(s.u), -lr / (1 - betas[0] ** s.t));
    },
  },
  {
    id: "adamax-eps-outside",
    cause: "epsilon",
    what: "m / (u + ε)",
    why: "as in Adam",
    step({ p, g, group: { lr, betas, eps }, s }) {
      s.t += 1;
      s.m = average(s.m, g, betas[0]);
      s.u = maximum(s.u.mul(betas[1]), abs(g));
      p.addInPlace(s.m.div(s.u.add(eps)), -lr / (1 - betas[0] ** s.t));
    },
  },
  {
    id: "adamax-u-corrected",
    cause: "bias correction",
    what: "u divided by 1 − β₂ᵗ",
    why: "Adam corrects both; but a maximum does not start too small",
    step({ p, g, group: { lr, betas, eps }, s }) {
      s.t += 1;
      s.m = average(s.m, g, betas[0]);
      s.u = maximum(s.u.mul(betas[1]), abs(g).add(eps));
      p.addInPlace(s.m.div(s.u.div(1 - betas[1] ** s.t)), -lr / (1 - betas[0] ** s.t));
    },
  },
]);

interface Momenta {
  readonly now: number;
  readonly next: number;
  readonly product: number;
}
/** NAdam's right two terms from its momenta. */
function nadamStep(p: NDArray, g: NDArray, { lr, betas, eps }: NAdamGroup, s: NAdamState, mu: Momenta): void {
  const root = sqrt(s.v.div(1 - betas[1] ** s.t)).add(eps);
  p.addInPlace(g.div(root), (-lr * (1 - mu.now)) / (1 - mu.product));
  p.addInPlace(s.m.div(root), (-lr * mu.next) / (1 - mu.product * mu.next));
}
function momentum(t: number, { betas, momentumDecay }: NAdamGroup): number {
  return betas[0] * (1 - 0.5 * 0.96 ** (t * momentumDecay));
}

const nadam = wrongSteps(
  "NAdam",
  "p ← p − η(1 − μₜ) / (1 − μ₁…μₜ) · g / (√v̂ + ε) − ημₜ₊₁ / (1 − μ₁…μₜ₊₁) · m / (√v̂ + ε)",
  [
    {
      id: "nadam-product-of-one",
      cause: "bias correction",
      what: "1 − μₜ instead of 1 − μ₁…μₜ",
      why: "the product restarts from 1 in every step",
      step({ p, g, group, s }) {
        moments(s, g, group.betas);
        const [now, next] = [momentum(s.t, group), momentum(s.t + 1, group)];
        nadamStep(p, g, group, s, { now, next, product: now });
      },
    },
    {
      id: "nadam-power",
      cause: "bias correction",
      what: "1 − β₁ᵗ as in Adam instead of the product of all momenta",
      why: "for a constant momentum that is the product",
      step({ p, g, group, s }) {
        moments(s, g, group.betas);
        const [now, next] = [momentum(s.t, group), momentum(s.t + 1, group)];
        nadamStep(p, g, group, s, { now, next, product: group.betas[0] ** s.t });
      },
    },
    {
      id: "nadam-constant-momentum",
      cause: "momentum",
      what: "β₁ for every μ",
      why: "the simplified formula of most texts, without momentumDecay",
      step({ p, g, group, s }) {
        moments(s, g, group.betas);
        s.product *= group.betas[0];
        nadamStep(p, g, group, s, { now: group.betas[0], next: group.betas[0], product: s.product });
      },
    },
    {
      id: "nadam-does-not-look-ahead",
      cause: "momentum",
      what: "μₜ instead of the next step's μₜ₊₁",
      why: "one momentum per step, as everywhere else",
      step({ p, g, group, s }) {
        moments(s, g, group.betas);
        const now = momentum(s.t, group);
        s.product *= now;
        nadamStep(p, g, group, s, { now, next: now, product: s.product });
      },
    },
    {
      id: "nadam-product-with-next",
      cause: "bias correction",
      what: "the product already holds μₜ₊₁ when the next step begins",
      why: "it is updated for the second term and stored",
      step({ p, g, group, s }) {
        moments(s, g, group.betas);
        const [now, next] = [momentum(s.t, group), momentum(s.t + 1, group)];
        s.product *= now;
        nadamStep(p, g, group, s, { now, next, product: s.product });
        s.product *= next;
      },
    },
  ],
);

/** How many gradients v averages at step t. */
function lengthAt(t: number, beta2: number): number {
  return 2 / (1 - beta2) - 1 - (2 * t * beta2 ** t) / (1 - beta2 ** t);
}
function rectification(length: number, beta2: number): number {
  const longest = lengthAt(Number.MAX_SAFE_INTEGER, beta2);
  return Math.sqrt(((length - 4) * (length - 2) * longest) / ((longest - 4) * (longest - 2) * length));
}

const radam = wrongSteps("RAdam", "for ρ > 5, p ← p − η r m̂ √(1 − β₂ᵗ) / (√v + ε); else p ← p − η m̂", [
  {
    id: "radam-from-four",
    cause: "update rule",
    what: "v̂ divides from ρ > 4 on",
    why: "that is the paper's threshold; PyTorch's is 5",
    step({ p, g, group: { lr, betas, eps }, s }) {
      const { c1, c2 } = moments(s, g, betas);
      const length = lengthAt(s.t, betas[1]);
      if (length <= 4) p.addInPlace(s.m, -lr / c1);
      else
        p.addInPlace(
          s.m.div(sqrt(s.v).add(eps)),
          (-lr / c1) * rectification(length, betas[1]) * Math.sqrt(c2),
        );
    },
  },
  {
    id: "radam-not-rectified",
    cause: "update rule",
    what: "r is left out",
    why: "switching looks like the whole idea",
    step({ p, g, group: { lr, betas, eps }, s }) {
      const { c1, c2 } = moments(s, g, betas);
      if (lengthAt(s.t, betas[1]) <= 5) p.addInPlace(s.m, -lr / c1);
      else p.addInPlace(s.m.div(sqrt(s.v).add(eps)), (-lr / c1) * Math.sqrt(c2));
    },
  },
  {
    id: "radam-waits",
    cause: "update rule",
    what: "no step at all until ρ > 5",
    why: "the other branch was forgotten",
    step({ p, g, group: { lr, betas, eps }, s }) {
      const { c1, c2 } = moments(s, g, betas);
      const length = lengthAt(s.t, betas[1]);
      if (length > 5)
        p.addInPlace(
          s.m.div(sqrt(s.v).add(eps)),
          (-lr / c1) * rectification(length, betas[1]) * Math.sqrt(c2),
        );
    },
  },
  {
    id: "radam-first-steps-uncorrected",
    cause: "bias correction",
    what: "m instead of m̂ as long as v̂ does not divide",
    why: "without v̂ nothing seems to need a correction",
    step({ p, g, group: { lr, betas, eps }, s }) {
      const { c1, c2 } = moments(s, g, betas);
      const length = lengthAt(s.t, betas[1]);
      if (length <= 5) p.addInPlace(s.m, -lr);
      else
        p.addInPlace(
          s.m.div(sqrt(s.v).add(eps)),
          (-lr / c1) * rectification(length, betas[1]) * Math.sqrt(c2),
        );
    },
  },
  {
    id: "radam-eps-as-adam",
    cause: "epsilon",
    what: "m̂ / (√v̂ + ε): ε after the correction",
    why: "as in Adam; with the usual 1e-8 the difference hardly shows",
    step({ p, g, group: { lr, betas, eps }, s }) {
      const { c1, c2 } = moments(s, g, betas);
      const length = lengthAt(s.t, betas[1]);
      if (length <= 5) p.addInPlace(s.m, -lr / c1);
      else p.addInPlace(s.m.div(sqrt(s.v.div(c2)).add(eps)), (-lr / c1) * rectification(length, betas[1]));
    },
  },
]);

/** Adam's descendants, and amsgrad. */
export const adamFamilyZoo: readonly ZooEntry[] = [...amsgrad, ...adamw, ...adamax, ...nadam, ...radam];
