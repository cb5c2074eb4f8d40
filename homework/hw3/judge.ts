import { array, arrayEqual, type NDArray, onesLike } from "../../np/index.ts";
import type { Examiner, Known } from "../checks/check.ts";
import { Failure } from "../checks/failure.ts";
import { expectedOf, nodesOf, slopesOf } from "./expected.ts";
import { type Backward, nameOf, numbered, type Program, questionOf, rowsOf, written } from "./program.ts";

/**
 * Runs a program of numbers on the student's values, from `backward` of the last node, and compares the
 * data and the gradient of every node.
 * @throws Failure that shows the program
 */
export async function judgeValues(examiner: Examiner, program: Program): Promise<void> {
  const root = program.leaves.length + program.steps.length - 1;
  await inProgram(program, async () => {
    const { data, grads } = await examiner.ask("values", {
      ...numbered("leaf", program.leaves),
      steps: rowsOf(program.steps),
      root: array(root),
    });
    const values = nodesOf(program).map((node) => node.data.item());
    const slopes = slopesOf(program, root);
    const judgements = slopes.map((slope, node) => () => {
      examiner.agree("y", entry(data, node), array(values[node] as number));
      const quantity = `${node < program.leaves.length ? "leaf" : "result"} ${nameOf(node)}`;
      examiner.agree(quantity, entry(grads, node), array(slope));
    });
    await examiner.together(judgements);
  });
}

function entry(list: NDArray | undefined, at: number): NDArray | undefined {
  const value = list?.flat()[at];
  return value === undefined ? undefined : array(value);
}

/** Compares the data of every result of a program. @throws Failure that shows the program */
export async function judgeForward(examiner: Examiner, program: Program): Promise<void> {
  const show = program.steps.map((_, i) => program.leaves.length + i);
  await inProgram(program, async () => {
    const answer = await examiner.ask("tensors", questionOf(program, [], { show }));
    const { values } = expectedOf(program, []);
    for (const node of show)
      examiner.agree("y", answer[`value${node}`], values[node] as NDArray, { inputs: program.leaves });
    untouched(examiner, program, [], answer);
  });
}

/**
 * Runs a program and some calls of `backward` on the student's tensors, and compares the gradient of
 * every leaf. `zeroBefore` is the call before which `zeroGrad` is called on all leaves.
 * @throws Failure that shows the program
 */
export async function judgeBackward(
  examiner: Examiner,
  program: Program,
  backwards: readonly Backward[],
  zeroBefore: number = 0,
): Promise<void> {
  const counted = backwards.slice(zeroBefore);
  await inProgram(
    program,
    async () => {
      const question = questionOf(program, backwards, zeroBefore > 0 ? { zeroBefore } : {});
      const answer = await examiner.ask("tensors", question);
      const { grads } = expectedOf(program, counted);
      const judgements = grads.map((right, leaf) => () => {
        const found = answer[`grad${leaf}`];
        const name = `leaf ${nameOf(leaf)}`;
        if (!right) {
          const where = `${name} has a gradient, expected null: ${reasonOf(program, leaf)}`;
          examiner.require(!found, { where, cause: "not asked for" });
          return;
        }
        examiner.require(found !== undefined, {
          where: `${name} has no gradient: grad is null`,
          cause: "zero",
        });
        agree(examiner, name, found, right, () => evidenceOf(program, counted, leaf));
      });
      await examiner.together(judgements);
      untouched(examiner, program, backwards, answer);
    },
    callsOf(backwards, zeroBefore),
  );
}

/** Several calls, as a student writes them; a single one needs no words. */
function callsOf(backwards: readonly Backward[], zeroBefore: number): string {
  if (backwards.length < 2) return "";
  return backwards
    .map(
      ({ root }, i) => `; ${i > 0 && i === zeroBefore ? "zeroGrad of all; " : ""}${nameOf(root)}.backward(…)`,
    )
    .join("");
}

function reasonOf({ learns }: Program, leaf: number): string {
  return learns?.[leaf] === false ? "it is a constant" : "the root does not depend on it";
}

/** Compares; only for a difference is the evidence computed, and diagnosed. */
export function agree(
  examiner: Examiner,
  quantity: string,
  found: NDArray | undefined,
  right: NDArray,
  evidence: () => Known,
): void {
  try {
    examiner.agree(quantity, found, right);
  } catch {
    examiner.agree(quantity, found, right, evidence());
  }
}

function evidenceOf(program: Program, backwards: readonly Backward[], own: number): Known {
  const [first, second] = backwards;
  const known: Known = { inputs: program.leaves, own };
  if (!first?.upstream || second) return known;
  const gradFor = (upstream: NDArray, leaves: readonly NDArray[]): NDArray | undefined =>
    expectedOf({ ...program, leaves }, [{ ...first, upstream }]).grads[own] ?? undefined;
  const forOnes = gradFor(onesLike(first.upstream), program.leaves);
  return {
    ...known,
    dy: first.upstream,
    y: nodesOf(program)[first.root]?.data as NDArray,
    right: (dy, ...leaves) => gradFor(dy, leaves),
    ...(forOnes && { forOnes }),
  };
}

/** @throws Failure if an array that was given is not as it was */
function untouched(
  examiner: Examiner,
  { leaves }: Program,
  backwards: readonly Backward[],
  answer: Readonly<Record<string, NDArray>>,
): void {
  const isSame = (x: NDArray, y: NDArray | undefined): boolean => y !== undefined && arrayEqual(x, y);
  for (const [i, x] of leaves.entries())
    examiner.require(isSame(x, answer[`leaf${i}`]), {
      where: `the data of leaf ${nameOf(i)} have changed`,
      cause: "changed",
    });
  for (const [i, { upstream }] of backwards.entries())
    examiner.require(!upstream || isSame(upstream, answer[`upstream${i}`]), {
      where: "backward has changed the array upstream",
      cause: "changed",
    });
}

/** A failure says in which program it happened. */
export async function inProgram(
  program: Program,
  judge: () => Promise<void>,
  calls: string = "",
): Promise<void> {
  try {
    await judge();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { where, what, cure } = error.advice;
    const place = `in ${written(program)}${calls}: `;
    const { cause, isAlone } = error;
    throw new Failure(cause, { where: place + where, what: place + what, cure }, { isAlone });
  }
}
