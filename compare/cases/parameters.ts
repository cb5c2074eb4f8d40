import { Tensor } from "../../autograd/index.ts";
import { ownParameters } from "../../gradcheck/internal.ts";
import { abs, type NDArray, type Random } from "../../np/index.ts";
import type { BothSides } from "./case.ts";

/** A new value for a parameter. */
type Draw = (value: NDArray, rng: Random) => NDArray;

/** Sets new values by name, the same on both sides whatever the order of the fields. */
function redraw(
  parameters: readonly (readonly [name: string, value: NDArray])[],
  draw: Draw,
  rng: Random,
): void {
  const sorted = parameters.toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [, value] of sorted) value.copyFrom(draw(value, rng));
}

function withParameters(sides: BothSides, draw: Draw): BothSides {
  return {
    ...sides,
    manual: (rng, student) => {
      const layer = sides.manual(rng, student);
      redraw(
        ownParameters(layer).map(({ name, value }) => [name, value] as const),
        draw,
        rng,
      );
      return layer;
    },
    autograd: (rng) => {
      const module = sides.autograd(rng);
      redraw(
        module.namedParameters().map(([name, p]) => [name, p.data] as const),
        draw,
        rng,
      );
      return module;
    },
  };
}

/** Both sides with random parameters: with weight 1 and bias 0 a backward that forgets them would pass. */
export function redrawn(sides: BothSides): BothSides {
  return withParameters(sides, ({ shape }, rng) => rng.normal(0, 1, shape));
}

/** The same for networks: every parameter moves only a little, so that no ReLU is off for a whole batch. */
export function nudged(sides: BothSides): BothSides {
  return withParameters(sides, (value, rng) => value.add(rng.normal(0, 0.2, value.shape)));
}

/** For networks without normalisation: small weights and positive biases, so that nearly every unit is active and every weight has a gradient. */
export function awake(sides: BothSides): BothSides {
  return withParameters(sides, (value) => (value.ndim === 1 ? abs(value).add(0.1) : value.mul(0.25)));
}

/** Both sides in evaluation mode after two batches in training mode, which move the running statistics from their initial values. */
export function evaluating(sides: BothSides, x: (rng: Random) => NDArray): BothSides {
  // A stream of their own, because somebody's class may draw other numbers in its constructor than ours.
  const batches = (rng: Random): NDArray[] => {
    const own = rng.foldIn(1);
    return [x(own).mul(2).add(1), x(own).sub(3)];
  };
  return {
    ...sides,
    manual: (rng, student) => {
      const both = batches(rng);
      const layer = sides.manual(rng, student);
      for (const batch of both) layer.forward(batch);
      return inEvaluation(layer);
    },
    autograd: (rng) => {
      const both = batches(rng);
      const module = sides.autograd(rng);
      for (const batch of both) module.forward(new Tensor(batch));
      return module.eval();
    },
  };
}

/** Switches a layer to evaluation mode, also one whose class does not extend Layer. */
function inEvaluation<T extends object>(layer: T): T {
  if ("eval" in layer && typeof layer.eval === "function") layer.eval();
  else if ("training" in layer) Object.assign(layer, { training: false });
  else
    throw new TypeError(
      `${layer.constructor.name}: this row is about evaluation; extend Layer, or keep a field \`training\``,
    );
  return layer;
}
