import type { CheckReport, CheckRow } from "../../gradcheck/index.ts";
import {
  againstExact,
  checkProperties,
  directionalRow,
  finished,
  judge,
  namesakes,
  type PropertyCheck,
  project,
  propertyRow,
  randomUpstream,
  report,
  type Subject,
} from "../../gradcheck/internal.ts";
import { type NDArray, type Random, random } from "../../np/index.ts";
import { type Case, type StudentClass, titleOf } from "../cases/case.ts";
import { explain } from "../explain/explain.ts";
import { paperWitnesses } from "../formulas/witnesses.ts";
import { differentiableCount, drawInputs, joinDraws } from "../subjects/inputs.ts";
import { chalk, tape } from "../subjects/sides.ts";
import { checkBuffers } from "./buffers.ts";
import { checkOptimizer } from "./check-optimizer.ts";
import { zeroAsDeclared } from "./declared-zero.ts";
import { checkDefaultDy } from "./default-dy.ts";
import { cannotStart, missing } from "./equal-start.ts";
import { checkSilent } from "./silent-parameters.ts";
import { numericalInTurns } from "./whole-network/numerical-in-turns.ts";

export interface CheckOptions {
  /** Of weights, inputs and upstream gradients; default 0. */
  readonly seed?: number;
  /** One perturbation and one whole forward at a time, also for large networks, however long it takes; default false. */
  readonly full?: boolean;
  /** Random directions through all arrays at once, instead of element by element: for networks too large for more; default false. */
  readonly directional?: boolean;
  /** Whether the row was asked for by name, so that a large network's may take its time; default false. */
  readonly named?: boolean;
  /** Whether what is wrong is explained: what it looks like, and where two networks part; default true. */
  readonly explained?: boolean;
  /** Stands in for chalk's class. */
  readonly student?: StudentClass;
}

/**
 * Checks one row of the table: equal start, equal forward, every gradient of chalk = tape = finite differences with a random signed
 * dy, and the properties of a right backward.
 */
export function checkCase(row: Case, options: CheckOptions = {}): CheckReport {
  const { seed = 0 } = options;
  return report(finished(checkInTurns(row, options)), seed, `checkCase(…, { seed: ${seed} })`);
}

/** The same, stopping now and then, so that an asynchronous caller can hand over the thread: large networks take seconds. */
export function* checkInTurns(row: Case, options: CheckOptions = {}): Generator<void, readonly CheckRow[]> {
  const { seed = 0, full = false, student } = options;
  const directional = alongDirections(row, options);
  if (row.optimizer) return checkOptimizer(row, row.optimizer, seed, student);
  const [title, rng] = [titleOf(row), random(seed)];
  const layer = row.manual(random(seed), student);
  const [left, fresh] = [chalk(layer), chalk(row.manual(random(seed), student))];
  const probe = chalk(row.manual(random(seed), student));
  yield;
  const right = tape(row.autograd(random(seed)), differentiableCount(row.inputs));
  yield;
  const inputs = drawInputs(row.inputs, rng);
  const expected = right.forward(...inputs.values());
  const stop = cannotStart(title, left, right, probe.forward(...copies(inputs)), expected);
  if (stop)
    return [
      { ...stop, diagnosis: [stop.diagnosis, row.hints?.forward, row.hints?.dx].filter(Boolean).join("\n") },
    ];
  yield;
  const dy = randomUpstream(expected.shape, rng);
  const next = drawInputs(row.inputs, rng);
  const later = { fresh, inputs: [...next.values()] };
  const resized = asOneBatch(row, [inputs, next], right, rng);
  const twins = [row.manual(random(seed), student), row.autograd(random(seed))] as const;
  const statistics = checkBuffers(title, ...twins, differentiableCount(row.inputs), [inputs, next]);
  const start = namesakes(title, "equal start", left.parameters, right.parameters, 1e-12, otherStart);
  const properties = yield* checkProperties({ title, subject: left, inputs, dy, rng, later, resized });
  // What changes its inputs is measured on other numbers each time: nothing else that is found would mean anything.
  if (properties[0]?.verdict !== "agree") return [start, ...properties.slice(0, 1)];
  yield;
  const [manual, autograd] = [left.gradients(dy, ...copies(inputs)), right.gradients(dy, ...inputs.values())];
  const forward = againstExact(manual.y, autograd.y);
  const differ = "chalk's forward and the tape's differ; compare the two files line by line";
  const otherForward = [differ, row.hints?.forward].filter(Boolean).join("\n");
  const rows = [start, ...statistics, propertyRow(title, "forward", forward, autograd.y.shape, otherForward)];
  const arrays = new Map([...inputs, ...left.parameters]);
  const loss = { layer, subject: left, inputs, dy, full };
  if (directional) {
    const value = (): number => project(left.forward(...inputs.values()), dy);
    const said = { manual: manual.gradients, autograd: autograd.gradients };
    rows.push(directionalRow(title, value, arrays, said, rng));
  }
  const { zeroGradients } = row.expects ?? {};
  const onPaper = paperWitnesses(row, inputs, left.parameters, dy);
  for (const [quantity, theirs] of autograd.gradients) {
    const mine = manual.gradients.get(quantity);
    if (quantity === "x" && row.expects?.noInputGradient) continue;
    if (!mine) {
      rows.push(missing(title, quantity, theirs.shape));
      continue;
    }
    const numerical = directional
      ? "along random directions only"
      : (row.witnesses?.noDifferences ?? (yield* numericalInTurns(loss, arrays.get(quantity) as NDArray)));
    const testimony = { manual: mine, autograd: theirs, numerical, ...onPaper(quantity) };
    const found = judge(title, quantity, theirs.shape, testimony);
    rows.push(zeroGradients ? zeroAsDeclared(found, `declared to be 0 here: ${zeroGradients}`) : found);
    yield;
  }
  const run = {
    inputs,
    dy,
    right,
    manual: manual.gradients,
    autograd: autograd.gradients,
    rng: random(seed + 1),
  };
  if (row.inputs.target && expected.ndim === 0 && !row.expects?.noInputGradient)
    properties.push(checkDefaultDy(title, row.manual(random(seed), student), copies(inputs)));
  const explained = options.explained === false ? rows : explain(rows, { row, seed, student }, run);
  yield;
  // What is wrong on the first batch already has rows of its own.
  const isRight = explained.every(({ verdict }) => verdict === "agree");
  const kept = isRight ? properties : properties.filter(({ quantity }) => quantity !== "another batch size");
  if (!row.large?.everyParameter || directional) return [...explained, ...kept];
  const all = yield* checkSilent(
    { row, title, layer, left, right, full, rng },
    explained,
    autograd.gradients,
  );
  return [...all, ...kept];
}

/** Whether this row is differentiated along random directions only. */
function alongDirections(
  row: Case,
  { full = false, directional = false, named = false }: CheckOptions,
): boolean {
  const { directional: mode } = row.large ?? {};
  if (full || mode === undefined) return directional;
  return directional || mode === "always" || !named;
}

/** All samples that were drawn, at once, and what the tape says of them: what sleeps in one draw may be awake in the other. */
function asOneBatch(
  row: Case,
  draws: readonly ReadonlyMap<string, NDArray>[],
  right: Subject,
  rng: Random,
): NonNullable<PropertyCheck["resized"]> {
  const inputs = [...joinDraws(row.inputs, draws).values()];
  const dy = randomUpstream(right.forward(...inputs).shape, rng);
  return { inputs, dy, expected: right.gradients(dy, ...inputs).gradients };
}

const otherStart = "the two sides were built from one seed but start from different weights";

function copies(inputs: ReadonlyMap<string, NDArray>): NDArray[] {
  return [...inputs.values()].map((x) => x.copy());
}
