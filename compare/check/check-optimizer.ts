import type { CheckRow } from "../../gradcheck/index.ts";
import { advised, againstExact, diagnoseStep } from "../../gradcheck/internal.ts";
import { type NDArray, random } from "../../np/index.ts";
import { unravelIndex } from "../../np/internal.ts";
import { type Case, caseTitle, type StudentClass } from "../cases/case.ts";
import { groupsByName, StepRecorder } from "../explain/step-recorder.ts";
import { chalk, tape } from "../subjects/sides.ts";

const stillThere =
  "the steps hardly changed the weights: step must change the arrays in place, as p.value.addInPlace(…) does, not replace them";

/** The step from which the weights differ, and where to look. */
function since(step: number): string {
  if (step === 1) return "from the first step on, before there is any state: look at the formula itself";
  return `from step ${step} on, and agree before: look at the state that is kept from step to step, and at t`;
}

/** Runs both optimizers from the same weights, each with its own gradients of Σ dy ⊙ y for a new random dy in every step. */
export function checkOptimizer(
  row: Case,
  { steps, build }: NonNullable<Case["optimizer"]>,
  seed: number,
  student?: StudentClass,
): readonly CheckRow[] {
  const [layer, module] = [row.manual(random(seed)), row.autograd(random(seed))];
  const [left, right] = [chalk(layer), tape(module)];
  const start = new Map([...left.parameters].map(([name, value]) => [name, value.copy()]));
  const [byHand, onePass] = [build.manual(layer.parameters(), student), build.autograd(module.parameters())];
  const groups = groupsByName(right.parameters, onePass.groups);
  const mine = new StepRecorder(left.parameters, groups);
  const theirs = new StepRecorder(right.parameters, groups);
  const rng = random(seed);
  const parted = new Map<string, number>();
  for (let step = 1; step <= steps; step++) {
    const x = row.inputs.x(rng);
    const dy = rng.normal(0, 1, left.forward(x).shape);
    mine.record(left.gradients(dy, x).gradients, () => byHand.step());
    theirs.record(right.gradients(dy, x).gradients, () => onePass.step());
    for (const [name, value] of left.parameters) {
      const { agrees } = againstExact(value, right.parameters.get(name) as NDArray);
      if (!agrees && !parted.has(name)) parted.set(name, step);
    }
  }
  const diagnosis = parted.size > 0 ? diagnoseStep(mine.trace, theirs.trace) : null;
  return [...left.parameters].map(([name, value]): CheckRow => {
    const expected = right.parameters.get(name) as NDArray;
    const { maxAbsolute, maxRelative, worst, agrees } = againstExact(value, expected);
    const moved = againstExact(value, start.get(name) as NDArray, 1e-3);
    const at = {
      index: unravelIndex(worst, value.shape),
      manual: value.flat()[worst] as number,
      autograd: expected.flat()[worst] as number,
    };
    const base = {
      case: caseTitle(row),
      quantity: `${name} after ${steps} steps`,
      shape: value.shape,
      maxAbsolute,
      maxRelative,
      cosine: null,
      ratio: null,
      kinks: 0,
      worst: at,
    };
    if (moved.agrees) return { ...base, verdict: "vacuous", diagnosis: stillThere };
    if (agrees) return { ...base, verdict: "agree" };
    const wrong: CheckRow = {
      ...base,
      verdict: "disagree",
      diagnosis: `the update formulas of the two sides differ ${since(parted.get(name) ?? steps)}; compare \`step\` in both files`,
    };
    return diagnosis ? { ...advised(wrong, [diagnosis]), cause: diagnosis.cause } : wrong;
  });
}
