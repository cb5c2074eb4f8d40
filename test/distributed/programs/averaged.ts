/** Gradients of a batch that is divided among ranks, in many cases; and of the whole batch, to compare with. */
import * as tape from "chalk-and-tape/autograd";
import { averageGradients, type Ranks } from "chalk-and-tape/distributed";
import * as chalk from "chalk-and-tape/manual";
import { array, type NDArray, random } from "chalk-and-tape/np";

export interface Case {
  readonly side: "chalk" | "tape";
  readonly loss: "mean" | "sum" | "weights" | "ignored" | "squares";
  readonly dtype: "float64" | "float32";
  readonly rows: number;
}

/** A loss, and the gradient of every parameter; null where there is none. */
export interface Outcome {
  readonly loss: number;
  readonly gradients: readonly (readonly number[] | null)[];
}

export const cases: readonly Case[] = (["chalk", "tape"] as const).flatMap((side) =>
  (["mean", "sum", "weights", "ignored", "squares"] as const).flatMap((loss) =>
    (["float64", "float32"] as const).flatMap((dtype) =>
      [1, 2, 7, 12].map((rows): Case => ({ side, loss, dtype, rows })),
    ),
  ),
);

/** The rows of one rank: ⌊r·n/R⌋ to ⌊(r + 1)·n/R⌋. */
const part = (a: NDArray, { rank, size }: Pick<Ranks, "rank" | "size">): NDArray => {
  const n = a.shape[0] ?? 0;
  return a.slice([Math.floor((rank * n) / size), Math.floor(((rank + 1) * n) / size)]);
};

function lossOf({ loss, side, dtype }: Case): { chalk: chalk.Loss; tape: tape.Loss }[typeof side] {
  const { CrossEntropyLoss, MSELoss } = side === "chalk" ? chalk : tape;
  if (loss === "squares") return new MSELoss() as never;
  const weight = array([0.5, 1, 2.25], { dtype });
  const options = { mean: {}, sum: { reduction: "sum" }, weights: { weight }, ignored: { ignoreIndex: 1 } };
  return new CrossEntropyLoss(options[loss] as never) as never;
}

/** One backward for this rank's rows; averaged if there are ranks. */
export function outcome(one: Case, ranks: Ranks | null): Outcome {
  const { side, dtype, rows } = one;
  const rng = random(rows);
  const whole = {
    x: rng.normal(0, 1, [rows, 4], { dtype }),
    y:
      one.loss === "squares"
        ? rng.normal(0, 1, [rows, 3], { dtype })
        : array(
            Array.from({ length: rows }, (_, i) => (i + 1) % 3),
            { dtype: "int32" },
          ),
  };
  const batch = ranks ? { x: part(whole.x, ranks), y: part(whole.y, ranks) } : whole;
  const count = batch.x.shape[0] ?? 0;
  const loss = lossOf(one);
  const model =
    side === "chalk"
      ? new chalk.Sequential(
          new chalk.Linear(4, 5, { rng, dtype }),
          new chalk.Tanh(),
          new chalk.Linear(5, 3, { rng, dtype }),
        )
      : new tape.Sequential(
          new tape.Linear(4, 5, { rng, dtype }),
          new tape.Tanh(),
          new tape.Linear(5, 3, { rng, dtype }),
        );
  let value = Number.NaN; // of a rank without rows: it must not matter
  if (count > 0 && model instanceof chalk.Sequential)
    value = chalk.computeGradients(model, batch, loss as chalk.Loss).loss;
  if (count > 0 && model instanceof tape.Sequential)
    value = tape.computeGradients(model, batch, loss as tape.Loss).loss;
  const all = ranks ? averageGradients(ranks, model, loss, { value, rows: count }) : value;
  const gradients =
    model instanceof chalk.Sequential
      ? model.parameters().map(({ gradient }) => gradient)
      : model.parameters().map(({ grad }) => grad?.data ?? null);
  return { loss: all, gradients: gradients.map((g) => g && [...g.flat()]) };
}

/** What a dtype is good for, of the largest entry. */
export const tolerances: Readonly<Record<Case["dtype"], number>> = { float64: 1e-14, float32: 1e-6 };

export default function program(ranks: Ranks): Outcome[] {
  return cases.map((one) => outcome(one, ranks));
}
