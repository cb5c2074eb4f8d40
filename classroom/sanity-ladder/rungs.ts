import { NDArray, random } from "../../np/index.ts";
import type { Batch } from "../../training/index.ts";
import { isOfClass, titleOf, UnitWatch, wrapMethod } from "../../training/internal.ts";
import { brief } from "../brief.ts";
import type { Side } from "./side.ts";

/** One check: what was seen, and what it cannot see. */
export interface Rung {
  readonly name: string;
  readonly passed: boolean;
  /** What was seen, in numbers. */
  readonly seen: string;
  /** What passes here although it is wrong. */
  readonly cannotSee: string;
}

/** Is the loss of a network that knows nothing near ln C? */
export function lossAtTheStart(side: Side, batch: Batch, classes: number): Rung {
  const [loss, expected] = [side.loss(batch), Math.log(classes)];
  return {
    name: "loss at the start",
    passed: Math.abs(loss - expected) < 0.2 * expected,
    seen: `${brief(loss)}; ln ${classes} is ${brief(expected)}`,
    cannotSee: "a network that cannot learn: it knows nothing either",
  };
}

/** Does a step of plain gradient descent lower the loss by lr · ‖gradient‖², as calculus says? */
export function tinyStep(side: Side, batch: Batch): Rung {
  const pairs = side.gradients(batch);
  const square = pairs.reduce((sum, [, gradient]) => sum + gradient.mul(gradient).sum().item(), 0);
  const name = "a tiny step lowers the loss";
  const cannotSee = "wrong labels, and parameters that no gradient reaches";
  if (square === 0) return { name, passed: false, seen: "every gradient is 0: no step moves it", cannotSee };
  const before = side.loss(batch);
  const lr = (1e-3 * before) / square; // so small that the loss falls by 0.1 %
  for (const [parameter, gradient] of pairs) parameter.addInPlace(gradient, -lr);
  const fell = before - side.loss(batch);
  for (const [parameter, gradient] of pairs) parameter.addInPlace(gradient, lr);
  const share = fell / (lr * square);
  return {
    name,
    passed: share > 0.9 && share < 1.1,
    seen: `it falls by ${brief(fell)}; lr · ‖gradient‖² is ${brief(lr * square)}`,
    cannotSee,
  };
}

/** Does backward give the slope of the loss along a random direction? */
export function gradientCheck(side: Side, batch: Batch): Rung {
  const rng = random(0);
  const moves = side
    .gradients(batch)
    .map(([parameter, gradient]) => ({ parameter, gradient, direction: rng.normal(0, 1, parameter.shape) }));
  const slope = moves.reduce((sum, { gradient, direction }) => sum + gradient.mul(direction).sum().item(), 0);
  const move = (h: number): void => {
    for (const { parameter, direction } of moves) parameter.addInPlace(direction, h);
  };
  const size = moves.reduce((sum, { parameter }) => sum + parameter.size, 0);
  const h = 1e-6 / Math.sqrt(size); // the step is 1e-6 long however many parameters there are
  move(h);
  const up = side.loss(batch);
  move(-2 * h);
  const measured = (up - side.loss(batch)) / (2 * h);
  move(h);
  const error = Math.abs(measured - slope) / Math.max(Math.abs(measured), Math.abs(slope), 1e-12);
  return {
    name: "gradient check",
    passed: error < 1e-4 && measured !== 0,
    seen:
      slope === 0 && measured === 0
        ? "both are 0, which proves nothing"
        : `along a random direction backward says ${brief(slope)}, finite differences ${brief(measured)}`,
    cannotSee: "a wrong model: its gradients are right, too",
  };
}

/** Can it learn a few items by heart? */
export async function byHeart(side: Side, batch: Batch, items: number, steps: number): Promise<Rung> {
  const few = { x: batch.x.slice([0, items]), y: batch.y.slice([0, items]) };
  const [count = 0] = few.x.shape;
  const { ok, losses, causes } = await side.overfit(few, steps);
  const reached = `loss ${brief(losses.at(-1) ?? Number.NaN)} after ${losses.length} steps`;
  return {
    name: `${count} items by heart`,
    passed: ok,
    seen: causes.length === 0 ? reached : `${reached}; ${causes[0]}`,
    cannotSee: "whether it will be right on new items",
  };
}

/** Which ReLU units give 0 for every item? */
export function deadUnits(side: Side, batch: Batch): Rung {
  const watch = new UnitWatch();
  const undo = side.parts
    .filter(({ part }) => isOfClass(part, /^ReLU$/))
    .map((named) =>
      wrapMethod(named.part, "forward", (forward) => (...inputs: never[]) => {
        const y = forward(...inputs);
        watch.see(titleOf(named), y instanceof NDArray ? y : (y as { readonly data: NDArray }).data);
        return y;
      }),
    );
  side.logits(batch.x);
  for (const unwrap of undo) unwrap();
  const found = watch.report();
  const said = found.map(({ layer, dead, units }) => `${layer} ${dead.length} of ${units}`).join(", ");
  return {
    name: "dead units",
    passed: found.every(({ dead, units }) => dead.length <= units / 10),
    seen: said === "" ? "no ReLU layer to watch" : `always 0: ${said}`,
    cannotSee: "units that die later, in training",
  };
}

/** Which classes have the same logit for every item now, so that they tell no item from another? */
export function silentClasses(side: Side, batch: Batch): Rung {
  const logits = side.logits(batch.x);
  const spread = logits.max(0).sub(logits.min(0));
  const silent = Array.from(spread.flat()).flatMap((range, i) => (range === 0 ? [i] : []));
  return {
    name: "silent classes",
    passed: silent.length === 0,
    seen:
      silent.length === 0 ? "none" : `the logit is the same for every item now: class ${silent.join(", ")}`,
    cannotSee: "classes that fall silent later, in training",
  };
}
