import { type StepSlip, slip } from "./method.ts";
import { placed, withOptions } from "./placed.ts";
import { pair, type Rule, type StepOptions, type StepTrace } from "./trace.ts";

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

/** Options that are ignored, or replaced by a usual number, or swapped. */
export function ignoredOptions(rule: Rule, options: StepOptions): StepSlip[] {
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

/** Options that are read at the wrong time, or from the wrong group. */
export function onceRead(rule: Rule, trace: StepTrace): StepSlip[] {
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
