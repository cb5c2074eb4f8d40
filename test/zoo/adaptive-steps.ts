import type { RMSpropGroup, RMSpropState, RpropGroup, RpropState } from "chalk-and-tape/contracts";
import { maximum, minimum, type NDArray, sign, sqrt, where, zerosLike } from "chalk-and-tape/np";
import type { ZooEntry } from "./entry.ts";
import { average, wrongSteps } from "./wrong-step.ts";

const adagrad = wrongSteps("Adagrad", "s ← s + g², p ← p − η / (1 + (t − 1) · lrDecay) · g / (√s + ε)", [
  {
    id: "adagrad-decay-at-t",
    cause: "update rule",
    what: "η / (1 + t · lrDecay)",
    why: "t is increased first and then used directly",
    step({ p, g, group, s }) {
      s.t += 1;
      s.sum = s.sum.add(g.mul(g));
      p.addInPlace(g.div(sqrt(s.sum).add(group.eps)), -group.lr / (1 + s.t * group.lrDecay));
    },
  },
  {
    id: "adagrad-eps-inside",
    cause: "epsilon",
    what: "ε under the root",
    why: "the paper's δI + G, read as if under the root; with the usual 1e-10 the difference hardly shows",
    step({ p, g, group, s }) {
      s.t += 1;
      s.sum = s.sum.add(g.mul(g));
      p.addInPlace(g.div(sqrt(s.sum.add(group.eps))), -group.lr / (1 + (s.t - 1) * group.lrDecay));
    },
  },
  {
    id: "adagrad-no-root",
    cause: "update rule",
    what: "divided by s, not by its root",
    why: "the root was lost from one line to the next",
    step({ p, g, group, s }) {
      s.t += 1;
      s.sum = s.sum.add(g.mul(g));
      p.addInPlace(g.div(s.sum.add(group.eps)), -group.lr / (1 + (s.t - 1) * group.lrDecay));
    },
  },
  {
    id: "adagrad-forgets",
    cause: "update rule",
    what: "s = g², restarted in every step",
    why: "it lives in a local variable; what remains is nearly sign(g)",
    step({ p, g, group, s }) {
      s.t += 1;
      const sum = zerosLike(p).add(g.mul(g));
      p.addInPlace(g.div(sqrt(sum).add(group.eps)), -group.lr / (1 + (s.t - 1) * group.lrDecay));
    },
  },
]);

const adadelta = wrongSteps("Adadelta", "δ = √(u + ε) / √(v + ε) · g, u averages δ², p ← p − η δ", [
  {
    id: "adadelta-eps-outside",
    cause: "epsilon",
    what: "ε beside the roots",
    why: "as in Adam and Adagrad; u begins at 0, so the first steps are a thousand times too small",
    step({ p, g, group: { lr, rho, eps }, s }) {
      s.v = average(s.v, g.mul(g), rho);
      const delta = sqrt(s.u).add(eps).div(sqrt(s.v).add(eps)).mul(g);
      s.u = average(s.u, delta.mul(delta), rho);
      p.addInPlace(delta, -lr);
    },
  },
  {
    id: "adadelta-u-of-gradients",
    cause: "update rule",
    what: "u averages g² as v does",
    why: "two lines that look alike",
    step({ p, g, group: { lr, rho, eps }, s }) {
      s.v = average(s.v, g.mul(g), rho);
      const delta = sqrt(s.u.add(eps))
        .div(sqrt(s.v.add(eps)))
        .mul(g);
      s.u = average(s.u, g.mul(g), rho);
      p.addInPlace(delta, -lr);
    },
  },
  {
    id: "adadelta-u-of-whole-steps",
    cause: "update rule",
    what: "u averages (ηδ)², the step that was made",
    why: "the paper has no η and calls δ the update; with η = 1 they are the same",
    step({ p, g, group: { lr, rho, eps }, s }) {
      s.v = average(s.v, g.mul(g), rho);
      const delta = sqrt(s.u.add(eps))
        .div(sqrt(s.v.add(eps)))
        .mul(g)
        .mul(lr);
      s.u = average(s.u, delta.mul(delta), rho);
      p.addInPlace(delta, -1);
    },
  },
]);

/** The right denominator of RMSprop. */
function spread(g: NDArray, { alpha, centered, eps }: RMSpropGroup, s: RMSpropState): NDArray {
  s.v = average(s.v, g.mul(g), alpha);
  if (centered) s.m = average(s.m ?? zerosLike(g), g, alpha);
  return sqrt(centered && s.m ? s.v.sub(s.m.mul(s.m)) : s.v).add(eps);
}
/** RMSprop's right step along a direction. */
function follow(p: NDArray, direction: NDArray, { lr, momentum }: RMSpropGroup, s: RMSpropState): void {
  if (momentum > 0) s.velocity = (s.velocity ?? zerosLike(p)).mul(momentum).add(direction);
  p.addInPlace((momentum > 0 && s.velocity) || direction, -lr);
}

const rmsprop = wrongSteps(
  "RMSprop",
  "p ← p − η g / (√v + ε), centered √(v − m²); b ← μb + g / (√v + ε), p ← p − η b",
  [
    {
      id: "rmsprop-eps-inside",
      cause: "epsilon",
      what: "ε under the root",
      why: "as in TensorFlow; with 1e-8 and small gradients that is another method",
      step({ p, g, group, s }) {
        const root = spread(g, { ...group, eps: 0 }, s);
        follow(p, g.div(sqrt(root.mul(root).add(group.eps))), group, s);
      },
    },
    {
      id: "rmsprop-never-centered",
      cause: "update rule",
      what: "with centered, m is kept, but v alone divides",
      why: "the default is false, so the mistake stays unnoticed",
      step({ p, g, group, s }) {
        follow(p, g.div(spread(g, { ...group, centered: false }, s)), group, s);
      },
    },
    {
      id: "rmsprop-momentum-of-gradients",
      cause: "momentum",
      what: "b ← μb + g, divided afterwards",
      why: "momentum as in SGD, before the division",
      step({ p, g, group, s }) {
        const root = spread(g, group, s);
        if (group.momentum > 0) s.velocity = (s.velocity ?? zerosLike(p)).mul(group.momentum).add(g);
        p.addInPlace(((group.momentum > 0 && s.velocity) || g).div(root), -group.lr);
      },
    },
    {
      id: "rmsprop-averaged-momentum",
      cause: "momentum",
      what: "b ← μb + (1 − μ) g / (√v + ε)",
      why: "v is an average, so b becomes one as well",
      step({ p, g, group, s }) {
        const direction = g.div(spread(g, group, s));
        if (group.momentum > 0) s.velocity = average(s.velocity ?? zerosLike(p), direction, group.momentum);
        p.addInPlace((group.momentum > 0 && s.velocity) || direction, -group.lr);
      },
    },
  ],
);

/** Grows and shrinks Rprop's step sizes within their bounds, rightly. Returns g · the last g. */
function resize(
  g: NDArray,
  { etas: [less, more], stepSizes: [least, most] }: RpropGroup,
  s: RpropState,
): NDArray {
  const agreement = g.mul(s.previous);
  const grown = where(agreement.greater(0), s.size.mul(more), s.size);
  s.size = minimum(maximum(where(agreement.less(0), s.size.mul(less), grown), least), most);
  return agreement;
}

const rprop = wrongSteps(
  "Rprop",
  "d ← η⁺d where g kept its sign; d ← η⁻d and g ← 0 where it changed; p ← p − sign(g) d",
  [
    {
      id: "rprop-grows-after-change",
      cause: "update rule",
      what: "the step size grows where the sign has changed",
      why: "the two factors, or the two comparisons, are swapped",
      step({ p, g, group, s }) {
        const [less, more] = group.etas;
        const agreement = g.mul(s.previous);
        const size = where(
          agreement.greater(0),
          s.size.mul(less),
          where(agreement.less(0), s.size.mul(more), s.size),
        );
        s.size = minimum(maximum(size, group.stepSizes[0]), group.stepSizes[1]);
        s.previous = where(agreement.less(0), 0, g);
        p.addInPlace(sign(s.previous).mul(s.size), -1);
      },
    },
    {
      id: "rprop-steps-after-change",
      cause: "update rule",
      what: "it takes a step even where the sign has changed",
      why: "the shorter step seems to be enough",
      step({ p, g, group, s }) {
        resize(g, group, s);
        s.previous = g;
        p.addInPlace(sign(g).mul(s.size), -1);
      },
    },
    {
      id: "rprop-remembers-change",
      cause: "update rule",
      what: "waits after a change, but remembers g instead of 0, so the next step size changes once more",
      why: "only a copy of g was set to 0",
      step({ p, g, group, s }) {
        const agreement = resize(g, group, s);
        s.previous = g;
        p.addInPlace(sign(where(agreement.less(0), 0, g)).mul(s.size), -1);
      },
    },
    {
      id: "rprop-unbounded",
      cause: "update rule",
      what: "step sizes without bounds",
      why: "the bounds 1e-6 and 50 are rarely reached",
      step({ p, g, group, s }) {
        const agreement = resize(g, { ...group, stepSizes: [0, Number.POSITIVE_INFINITY] }, s);
        s.previous = where(agreement.less(0), 0, g);
        p.addInPlace(sign(s.previous).mul(s.size), -1);
      },
    },
    {
      id: "rprop-times-gradient",
      cause: "update rule",
      what: "p − d g, not p − d sign(g)",
      why: "d looks like a learning rate",
      step({ p, g, group, s }) {
        const agreement = resize(g, group, s);
        s.previous = where(agreement.less(0), 0, g);
        p.addInPlace(s.previous.mul(s.size), -1);
      },
    },
  ],
);

/** Steps that are measured by earlier gradients. */
export const adaptiveStepsZoo: readonly ZooEntry[] = [...adagrad, ...adadelta, ...rmsprop, ...rprop];
