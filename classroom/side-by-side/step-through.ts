import type { AnyLayer, AnyModule } from "../../compare/internal.ts";
import type { NDArray } from "../../np/index.ts";
import { difference } from "../agreement.ts";
import { brief } from "../brief.ts";
import { type Step, type Stepper, stepper } from "../stepper.ts";
import { chain } from "./chain.ts";
import { sourceLine } from "./source-line.ts";
import { gradientsOf, shapesOf, type TwinCall, titleOf, twoRuns } from "./two-runs.ts";

/**
 * The way of x forward through the network and of dy back, one step for each part: the line that
 * runs, the shapes, the values, and whether the tape has the same. Opens step by step.
 * Shapes: x as the networks take it; dy as y.
 * @throws as `sideBySide`
 * @example
 * const [byHand, onTape] = [new manual.Linear(2, 1, { rng: np.random(1) }), new autograd.Linear(2, 1, { rng: np.random(1) })];
 * (await stepThrough(byHand, onTape, np.ones([4, 2]), np.ones([4, 1]))).steps.length // 2
 */
export async function stepThrough(
  byHand: AnyLayer,
  onTape: AnyModule,
  x: NDArray,
  dy: NDArray,
): Promise<Stepper> {
  const pairs = twoRuns("stepThrough", byHand, onTape, x, dy);
  const names = pairs.map(titleOf).map((title) => title.replace(/ \(.*/, ""));
  const forward = pairs.map((pair, i): Step => {
    const { name, chalk, tape } = pair;
    const values = {
      shapes: shapesOf(chalk.x, chalk.y),
      y: `${chalk.y}`,
      "same on the tape": verdict(chalk.y, tape.y),
    };
    return {
      title: `forward, ${titleOf(pair)}`,
      text: sourceLine(byHand, "forward", name, i === 0),
      values,
      picture: chain(names, i, "forward"),
    };
  });
  const backward = pairs
    .map((pair, i): Step => {
      const text = sourceLine(byHand, "backward", pair.name, i === 0);
      return {
        title: `backward, ${titleOf(pair)}`,
        text,
        values: backwardValues(pair),
        picture: chain(names, i, "backward"),
      };
    })
    .reverse();
  return stepper(`${byHand.constructor.name}: one step forward for each part, then one step back`, [
    ...forward,
    ...backward,
  ]);
}

function backwardValues({ chalk, tape }: TwinCall): Record<string, string> {
  const values: Record<string, string> = { shapes: shapesOf(chalk.dy, chalk.dx) };
  const theirs = gradientsOf(tape);
  for (const [name, mine] of gradientsOf(chalk)) {
    values[name] = `${mine}`;
    values[`${name}, same on the tape`] = verdict(mine, theirs.get(name) ?? null);
  }
  return values;
}

function verdict(mine: NDArray | null, theirs: NDArray | null): string {
  if (!mine || !theirs) return "nothing to compare";
  const { agreement, largest } = difference(mine, theirs);
  return agreement === "exact" ? agreement : `${agreement}: ${brief(largest)}`;
}
