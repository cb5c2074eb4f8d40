import { type StepSlip, slip } from "./method.ts";
import { placed } from "./placed.ts";
import { number, type Place, type Rule, type StepTrace } from "./trace.ts";
import { ignoredOptions, onceRead } from "./wrong-options.ts";

/** Slips that any update method can have: an option ignored or read once, a wrong t, lost state, a wrong sign, weight decay elsewhere. */
export function slipsOfAny(rule: Rule, trace: StepTrace): StepSlip[] {
  const options = [...trace.values()][0]?.[0]?.options ?? {};
  return [
    ...ignoredOptions(rule, options),
    ...onceRead(rule, trace),
    ...wrongTime(rule),
    ...otherDecay(rule),
    slip("sign", "go uphill: p + …", "p ← p − η · …: the step goes against the gradient", () => {
      const step = rule();
      return (place) => 2 * place.p - step(place);
    }),
    slip(
      "update rule",
      "forget their state after every step: averages and velocities start from 0 again",
      "keep the state in a field, for each parameter",
      () => (place) => rule()(place),
    ),
    slip("update rule", "use the gradient of the step before", "read the gradient in the step itself", () => {
      const step = rule();
      let before = 0;
      return (place) => {
        const after = step({ ...place, g: before });
        before = place.g;
        return after;
      };
    }),
    slip(
      "accumulated",
      "use the sum of all gradients so far",
      "zeroGrad() between the steps, or assign instead of adding",
      () => {
        const step = rule();
        let sum = 0;
        return (place) => {
          sum += place.g;
          return step({ ...place, g: sum });
        };
      },
    ),
  ];
}

function wrongTime(rule: Rule): StepSlip[] {
  const at = (what: string, t: (place: Place) => number): StepSlip =>
    slip(
      "bias correction",
      what,
      "t counts the steps: 1 in the first, the same for all parameters",
      placed(rule, (place) => ({ ...place, t: t(place) })),
    );
  return [
    at("are one step ahead: t is 2 in the first step", ({ t }) => t + 1),
    at("are one step behind: t is 0 in the first step", ({ t }) => t - 1),
    at("are one step behind, t = 1 in the first two steps", ({ t }) => Math.max(1, t - 1)),
    at("have t = 1 in every step", () => 1),
    at(
      "count t with every parameter instead of every step",
      ({ t, position, count }) => (t - 1) * count + position + 1,
    ),
    at(
      "count t from 0 with every parameter instead of every step",
      ({ t, position, count }) => (t - 1) * count + position,
    ),
  ];
}

/** The rule without its own decay, and another one around it. */
function decayAround(
  rule: Rule,
  change: (g: number, p: number, decay: number) => number,
  after: (next: number, p: number, decay: number, lr: number) => number,
): Rule {
  return () => {
    const step = rule();
    return (place) => {
      const [decay, lr] = [number(place.o, "weightDecay"), number(place.o, "lr")];
      const o = { ...place.o, weightDecay: 0 };
      return after(step({ ...place, o, g: change(place.g, place.p, decay) }), place.p, decay, lr);
    };
  };
}

function otherDecay(rule: Rule): StepSlip[] {
  const same = (value: number): number => value;
  const cure =
    "an L2 penalty is g ← g + λp, before everything else; a decoupled decay is p ← (1 − ηλ)p, before the step";
  const decay = (what: string, r: Rule): StepSlip => slip("weight decay", what, cure, r);
  return [
    decay(
      "decay p apart from the gradient, p ← p − ηλp, as AdamW does",
      decayAround(rule, same, (next, p, d, lr) => next - lr * d * p),
    ),
    decay(
      "add λp to the gradient, as Adam does with its L2 penalty",
      decayAround(rule, (g, p, d) => g + d * p, same),
    ),
    decay(
      "decay p after the step, so that the step shrinks too",
      decayAround(rule, same, (next, _p, d, lr) => next * (1 - lr * d)),
    ),
    decay(
      "decay p without the learning rate: p ← (1 − λ)p",
      decayAround(rule, same, (next, p, d) => next - d * p),
    ),
    decay(
      "decay p after the step and without the learning rate",
      decayAround(rule, same, (next, _p, d) => next * (1 - d)),
    ),
    decay(
      "subtract λp from the gradient",
      decayAround(rule, (g, p, d) => g - d * p, same),
    ),
    decay(
      "add 2λp to the gradient",
      decayAround(rule, (g, p, d) => g + 2 * d * p, same),
    ),
    decay(
      "add λp/2 to the gradient",
      decayAround(rule, (g, p, d) => g + (d * p) / 2, same),
    ),
    decay(
      "add λ · sign(p) to the gradient",
      decayAround(rule, (g, p, d) => g + d * Math.sign(p), same),
    ),
    decay(
      "add λ to the gradient, without p",
      decayAround(rule, (g, _p, d) => g + d, same),
    ),
    decay("add ηλp to the gradient", () => {
      const step = rule();
      return (place) =>
        step({
          ...place,
          o: { ...place.o, weightDecay: number(place.o, "weightDecay") * number(place.o, "lr") },
        });
    }),
  ];
}
