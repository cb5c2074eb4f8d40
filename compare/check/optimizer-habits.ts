import type { SGDOptions } from "../../contracts/index.ts";
import {
  checkOptimizerHabits,
  type MakeStepper,
  type OptimizerHabits,
  type OptimizerSpecimen,
} from "../../gradcheck/internal.ts";
import { SGD } from "../../manual/index.ts";
import { random } from "../../np/index.ts";
import { type Case, caseTitle, type StudentClass } from "../cases/case.ts";

/** A student's optimizer with the options of a row, beside ours. */
export function optimizerSpecimen(
  row: Case,
  { options = {}, build }: NonNullable<Case["optimizer"]>,
  seed: number,
  student: StudentClass,
): OptimizerSpecimen {
  const ours: MakeStepper = (given, change) => build.manual(given, undefined, change);
  const { lr, momentum = 0 } = numbersOf(ours);
  return {
    title: caseTitle(row),
    make: (given, change) => build.manual(given, student, change),
    ours,
    otherForm: row.name === "SGD" && momentum > 0 ? rateInVelocity(options, lr) : undefined,
    lr,
    momentum,
    seed,
  };
}

/** What the rows of a right optimizer left out, and what else they saw. */
export function optimizerNotes(rows: readonly Case[], seed: number, student: StudentClass): string[] {
  return habitNotes(
    rows.flatMap((row) =>
      row.optimizer ? [checkOptimizerHabits(optimizerSpecimen(row, row.optimizer, seed, student))] : [],
    ),
  );
}

/** The lines below the rows. */
export function habitNotes(found: readonly OptimizerHabits[]): string[] {
  const leftOut = [...new Set(found.flatMap((habits) => habits.leftOut))];
  const notes = new Set(found.flatMap((habits) => habits.notes));
  return [...(leftOut.length > 0 ? [`Not checked: ${leftOut.join("; ")}`] : []), ...notes];
}

/** The numbers that ours begins with. */
function numbersOf(ours: MakeStepper): { readonly lr: number; readonly momentum?: number } {
  const value = random(0).normal(0, 1, [1]);
  const {
    groups: [group],
  } = ours([{ name: "p", value, gradient: null }]) as SGD;
  return group as SGD["groups"][number];
}

/** v ← μv + ηg; p ← p − v: equal to ours while η stays the same. It is our SGD with lr 1, on ηg and ηλ. */
function rateInVelocity(options: SGDOptions, rate: number): NonNullable<OptimizerSpecimen["otherForm"]> {
  return {
    note: "your velocity contains lr, v ← μv + ηg and p ← p − v. That is a right form; after a change of lr it differs from ours and PyTorch's, p ← p − ηv",
    make(given) {
      const parameters = given.flatMap((one) => ("parameters" in one ? one.parameters : [one]));
      const sgd = new SGD(parameters, { ...options, lr: 1 });
      const group = { lr: rate };
      return {
        groups: [group],
        step() {
          const gradients = parameters.map(({ gradient }) => gradient);
          for (const p of parameters) p.gradient = p.gradient?.mul(group.lr) ?? null;
          for (const inner of sgd.groups) inner.weightDecay = (options.weightDecay ?? 0) * group.lr;
          sgd.step();
          for (const [i, p] of parameters.entries()) p.gradient = gradients[i] ?? null;
        },
      };
    },
  };
}
