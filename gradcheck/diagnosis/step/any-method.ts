import type { StepSlip } from "./method.ts";
import { slip } from "./method.ts";
import { number, type Place, pair, type Rule, type StepOptions, type StepTrace } from "./trace.ts";

/** Slips together with one option that is set but ignored: often nobody tried it. */
export function withIgnoredOption(slips: readonly StepSlip[], trace: StepTrace): StepSlip[] {
  const options = [...trace.values()][0]?.[0]?.options ?? {};
  const ignored = Object.keys(unset).filter((name) => name in options && options[name] !== unset[name]);
  return ignored.flatMap((name) =>
    slips.map(({ what, rule, ...rest }) => ({
      ...rest,
      what: `${what}; also, the option ${name} is ignored`,
      rule: withOptions(rule, (o) => ({ ...o, [name]: unset[name] })),
    })),
  );
}

/** What options are when nobody sets them. */
const unset: StepOptions = {
  weightDecay: 0,
  momentum: 0,
  dampening: 0,
  nesterov: false,
  amsgrad: false,
  centered: false,
  lrDecay: 0,
  initialAccumulatorValue: 0,
  decoupledWeightDecay: false,
  maximize: false,
};

/** What libraries take by default, so students write these numbers into their step. */
const usual: StepOptions = {
  eps: 1e-8,
  betas: [0.9, 0.999],
  momentum: 0.9,
  alpha: 0.99,
  rho: 0.9,
  lr: 0.01,
  etas: [0.5, 1.2],
  stepSizes: [1e-6, 50],
  momentumDecay: 4e-3,
  weightDecay: 1e-2,
};

/** The rule with another place in each step. */
function placed(rule: Rule, change: (place: Place) => Place): Rule {
  return () => {
    const step = rule();
    return (place) => step(change(place));
  };
}

function withOptions(rule: Rule, change: (o: StepOptions) => StepOptions): Rule {
  return placed(rule, (place) => ({ ...place, o: change(place.o) }));
}

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

function ignoredOptions(rule: Rule, options: StepOptions): StepSlip[] {
  const without = (name: string, table: StepOptions): Rule =>
    withOptions(rule, (o) => ({ ...o, [name]: table[name] }));
  const present = Object.keys(options);
  return [
    ...present
      .filter((name) => name in unset)
      .map((name) =>
        slip(
          name === "weightDecay"
            ? "weight decay"
            : name === "momentum" || name === "dampening" || name === "nesterov"
              ? "momentum"
              : "update rule",
          `are right for ${name} ${unset[name]}: the option is ignored`,
          `use ${name} of the group`,
          without(name, unset),
        ),
      ),
    ...(present.includes("weightDecay") && present.includes("nesterov")
      ? [
          slip(
            "update rule",
            "are right for weightDecay 0 and nesterov false: both options are ignored",
            "use the options of the group",
            withOptions(rule, (o) => ({ ...o, weightDecay: 0, nesterov: false })),
          ),
        ]
      : []),
    ...present
      .filter((name) => name in usual)
      .map((name) =>
        slip(
          name === "eps" ? "epsilon" : "update rule",
          `are right for ${name} ${JSON.stringify(usual[name])}, whatever the group says`,
          `use ${name} of the group`,
          without(name, usual),
        ),
      ),
    ...(present.includes("betas")
      ? [
          slip(
            "update rule",
            "have β₁ and β₂ swapped",
            "β₁ is for g, β₂ for g²",
            withOptions(rule, (o) => {
              const [b1, b2] = pair(o, "betas");
              return { ...o, betas: [b2, b1] };
            }),
          ),
        ]
      : []),
  ];
}

function onceRead(rule: Rule, trace: StepTrace): StepSlip[] {
  const seen = [...trace.values()];
  const first = seen.map((steps) => steps[0]?.options);
  return [
    slip(
      "update rule",
      "use the options that the group had in the first step",
      "read them from the group in every step: a schedule changes lr",
      placed(rule, (place) => ({ ...place, o: first[place.position] ?? place.o })),
    ),
    slip(
      "update rule",
      "use the options of the first group for all parameters",
      "each parameter has the options of its own group",
      placed(rule, (place) => ({ ...place, o: seen[0]?.[place.t - 1]?.options ?? place.o })),
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
