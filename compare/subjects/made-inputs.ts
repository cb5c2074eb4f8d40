import { formatShape, NDArray, type Random } from "../../np/index.ts";

/** Inputs for somebody's layer, and one line that says what was assumed. */
export interface MadeInputs {
  readonly inputs: readonly NDArray[];
  readonly note: string;
}

/** A function of arrays to find inputs for. */
export interface Runnable {
  readonly title: string;
  /** The number of arguments of its forward. */
  readonly arity: number;
  /** The shapes of its parameters. */
  readonly shapes: readonly (readonly number[])[];
  forward(...inputs: readonly NDArray[]): unknown;
}

/** Shapes of x that fit parameters: features of a matrix, channels of a kernel; then usual ones. */
function shapesFor(parameters: Runnable["shapes"]): readonly (readonly number[])[] {
  const fitting = parameters.flatMap((shape): (readonly number[])[] => {
    const [a = 1, b = 1, h = 1, w = 1] = shape;
    if (shape.length === 1) return [[4, a], [2, a, 4, 4], [2, a, 5]]; // biome-ignore format: shapes
    if (shape.length === 2) return [[4, b], [4, a]]; // biome-ignore format: shapes
    if (shape.length === 3) return [[2, b, h + 3]];
    return shape.length === 4 ? [[2, b, h + 3, w + 2], [2, a, h + 3, w + 2]] : []; // biome-ignore format: shapes
  });
  return [...fitting, [4, 5], [2, 3, 6, 6], [2, 3, 5], [5]];
}

/**
 * Makes inputs with which forward runs: normal numbers in a shape that fits the parameters, and for
 * a loss, whose forward takes two arguments, class indices or another array of x's shape.
 * @throws TypeError if none fits
 */
export function madeInputs({ title, arity, shapes, forward }: Runnable, rng: Random): MadeInputs {
  let problem: unknown;
  for (const shape of shapesFor(shapes)) {
    const x = rng.normal(0, 1, shape);
    for (const others of otherInputs(arity, shape, rng)) {
      try {
        const y = forward(x.copy(), ...others.map((one) => one.copy()));
        if (!(y instanceof NDArray) || y.flat().some((value: number) => !Number.isFinite(value))) continue;
      } catch (error) {
        problem ??= error;
        continue;
      }
      const [target] = others;
      const second = target ? `, and a target ${formatShape(target.shape)} of ${kindOf(target)}` : "";
      const note = `x ${formatShape(shape)} of normal numbers${second} was made for you; pass your own: check(…, [x${target ? ", target" : ""}])`;
      return { inputs: [x, ...others], note };
    }
  }
  const [first] = problem instanceof Error ? [`: ${problem.message}`] : [""];
  throw new TypeError(
    `check: no input was found with which ${title}.forward runs${first}. Pass the inputs: check(…, [x])`,
  );
}

/** What may follow x: nothing, or the target of a loss. */
function otherInputs(count: number, shape: readonly number[], rng: Random): readonly (readonly NDArray[])[] {
  if (count < 2) return [[]];
  const rows = shape[0] as number;
  const classes = rng.choice(shape[1] ?? 2, rows).astype("int32");
  return [[rng.normal(0, 1, shape)], [classes]];
}

function kindOf({ dtype }: NDArray): string {
  return dtype === "int32" ? "class indices" : "normal numbers";
}
