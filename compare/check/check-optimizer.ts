import type { CheckRow } from "../../gradcheck/index.ts";
import {
  advised,
  againstExact,
  checkOptimizerHabits,
  diagnoseStep,
  type StepOptions,
  type Stepper,
  twoOptimizers,
} from "../../gradcheck/internal.ts";
import { type NDArray, random } from "../../np/index.ts";
import { unravelIndex } from "../../np/internal.ts";
import { type Case, caseTitle, type StudentClass } from "../cases/case.ts";
import { groupsByName, StepRecorder } from "../explain/step-recorder.ts";
import { chalk, tape } from "../subjects/sides.ts";
import { optimizerSpecimen } from "./optimizer-habits.ts";

const stillThere =
  "the steps hardly changed the weights: step must change the arrays in place, as p.value.addInPlace(…) does, not replace them";

/** The step from which the weights differ, and where to look. */
function since(step: number): string {
  if (step === 1) return "from the first step on, before there is any state: look at the formula itself";
  return `from step ${step} on, and agree before: look at the state that is kept from step to step, and at t`;
}

function diagnosis(step: number, student: StudentClass | undefined): string {
  return student
    ? `your step gives other weights than ours ${since(step)}`
    : `the update formulas of the two sides differ ${since(step)}; compare \`step\` in both files`;
}

/** One side of a row: a small model whose gradients its optimizer uses, and what it did in each step. */
interface Trained {
  readonly parameters: ReadonlyMap<string, NDArray>;
  readonly recorder: StepRecorder;
  train(x: NDArray, dy: NDArray): void;
}
/** The group of each parameter by name. */
type Groups = ReadonlyMap<string, StepOptions>;

/** chalk's model with chalk's optimizer, or with a student's. */
function byHand(
  row: Case,
  { build }: Optimized,
  seed: number,
  groups: Groups,
  student?: StudentClass,
): Trained {
  const layer = row.manual(random(seed));
  return trained(chalk(layer), build.manual(layer.parameters(), student), groups);
}

/** The tape's model and optimizer, whose groups say what the options are in every step. */
function onTape(row: Case, { build }: Optimized, seed: number): { groups: Groups; side: Trained } {
  const module = row.autograd(random(seed));
  const optimizer = build.autograd(module.parameters());
  const subject = tape(module);
  const groups = groupsByName(subject.parameters, optimizer.groups);
  return { groups, side: trained(subject, optimizer, groups) };
}

function trained(subject: ReturnType<typeof chalk>, optimizer: Stepper, groups: Groups): Trained {
  const recorder = new StepRecorder(subject.parameters, groups);
  return {
    parameters: subject.parameters,
    recorder,
    train(x, dy) {
      recorder.record(subject.gradients(dy, x).gradients, () => optimizer.step());
    },
  };
}

type Optimized = NonNullable<Case["optimizer"]>;

/**
 * Runs both optimizers from the same weights, each with its own gradients of Σ dy ⊙ y for a new random dy in every step.
 * A student's class is compared with both, and then checked for its habits.
 */
export function checkOptimizer(
  row: Case,
  optimized: Optimized,
  seed: number,
  student?: StudentClass,
): readonly CheckRow[] {
  const rows = sameWeights(row, optimized, seed, student);
  if (!student) return rows;
  const specimen = optimizerSpecimen(row, optimized, seed, student);
  if (rows.every(({ verdict }) => verdict === "agree"))
    return [...rows, ...checkOptimizerHabits(specimen).rows];
  // State that objects share makes every other row wrong as well.
  const { row: apart } = twoOptimizers(specimen) ?? {};
  return apart && apart.verdict !== "agree" ? [apart] : rows;
}

function sameWeights(
  row: Case,
  optimized: Optimized,
  seed: number,
  student: StudentClass | undefined,
): readonly CheckRow[] {
  const { steps } = optimized;
  const { groups, side: autograd } = onTape(row, optimized, seed);
  const left = byHand(row, optimized, seed, groups, student);
  const others = { ...(student && { manual: byHand(row, optimized, seed, groups) }), autograd };
  const start = new Map([...left.parameters].map(([name, value]) => [name, value.copy()]));
  const parted = new Map<string, number>();
  const rng = random(seed);
  const shape = row.manual(random(seed)).forward(row.inputs.x(random(seed))).shape;
  for (let step = 1; step <= steps; step++) {
    const [x, dy] = [row.inputs.x(rng), rng.normal(0, 1, shape)];
    for (const side of [left, ...Object.values(others)]) side.train(x, dy);
    for (const [name, mine] of left.parameters) {
      const { agrees } = againstExact(mine, autograd.parameters.get(name) as NDArray);
      if (!agrees && !parted.has(name)) parted.set(name, step);
    }
  }
  const seen = parted.size > 0 ? diagnoseStep(left.recorder.trace, autograd.recorder.trace) : null;
  return [...left.parameters].map(([name, mine]): CheckRow => {
    const theirs = autograd.parameters.get(name) as NDArray;
    const { maxAbsolute, maxRelative, worst, agrees } = againstExact(mine, theirs);
    const moved = againstExact(mine, start.get(name) as NDArray, 1e-3);
    const numberOf = ({ parameters }: Trained): number => parameters.get(name)?.flat()[worst] as number;
    const at = {
      index: unravelIndex(worst, mine.shape),
      [student ? "analytical" : "manual"]: numberOf(left),
      ...Object.fromEntries(Object.entries(others).map(([side, other]) => [side, numberOf(other)])),
    };
    const base = {
      case: caseTitle(row),
      quantity: `${name} after ${steps} steps`,
      shape: mine.shape,
      maxAbsolute,
      maxRelative,
      cosine: null,
      ratio: null,
      kinks: 0,
      worst: at,
    };
    if (moved.agrees) return { ...base, verdict: "vacuous", diagnosis: stillThere };
    if (agrees) return { ...base, verdict: "agree" };
    const says = diagnosis(parted.get(name) ?? steps, student);
    const wrong: CheckRow = { ...base, verdict: "disagree", diagnosis: says };
    return seen ? { ...advised(wrong, [seen]), cause: seen.cause } : wrong;
  });
}
