import { array, type NDArray, ShapeError } from "../np/index.ts";
import {
  count,
  describe,
  type OptionTable,
  optional,
  settleOptions,
  text,
  withoutDefault,
} from "../np/internal.ts";
import { names } from "./arguments.ts";
import { imageGrid } from "./image-grid.ts";
import { arrayOf, expectSameLength, type Numbers } from "./numbers.ts";
import type { Picture } from "./picture.ts";
import { classesIn } from "./predicted-classes.ts";
import { classProbabilities } from "./probabilities.ts";

export interface MisclassifiedOptions {
  /** How many mistakes are drawn at most. Default 24. */
  readonly n?: number | undefined;
  /** The names of classes 0, 1, …. */
  readonly classNames?: readonly string[] | undefined;
  /** Images in a row. Default 8. */
  readonly columns?: number | undefined;
  /** Above the picture. Default: the number of mistakes. */
  readonly title?: string | undefined;
}

const contract = {
  name: "misclassified",
  positional: {},
  options: {
    n: optional(count(), 24),
    classNames: withoutDefault(names, "their numbers"),
    columns: optional(count(), 8),
    title: withoutDefault(text),
  } satisfies OptionTable<MisclassifiedOptions>,
};

/**
 * Draws the images that a network takes for another class, the most confident mistakes first. Below
 * each: the true class, the predicted class, and the probability p that the network gave to the
 * predicted one.
 * Shapes: images (N, H, W) or (N, C, H, W) with C of 1 or 3; scores (N, C), logits or probabilities;
 * target (N,) class indices.
 * @throws RangeError if no image is misclassified, and for a target that is not one of the classes; ShapeError
 * when the lengths differ
 * @example misclassified(zeros([2, 8, 8]), [[4, 0], [9, 0]], [0, 1]).spec.title // "1 of 2 misclassified"
 */
export function misclassified(
  images: Numbers,
  scores: Numbers,
  target: Numbers,
  options: MisclassifiedOptions = {},
): Picture {
  const all = arrayOf("misclassified", "images", images, [3, 4]);
  const given = arrayOf("misclassified", "scores", scores, [2]);
  const truth = classesIn("misclassified", "target", target);
  const { n, classNames, columns, title } = settleOptions("misclassified", contract, options);
  expectSameLength("misclassified", ["images", "target"], all.shape[0] ?? 0, truth.length);
  expectSameLength("misclassified", ["scores", "target"], given.shape[0] ?? 0, truth.length);
  const mistakes = mistakesIn(given, truth);
  if (mistakes.length === 0)
    throw new RangeError(
      `misclassified: all ${truth.length} images are classified correctly, so there is nothing to draw`,
    );
  const drawn = mistakes.slice(0, n);
  const nameOf = (label: number): string => classNames?.[label] ?? String(label);
  return imageGrid(
    all.slice(
      array(
        drawn.map(({ at }) => at),
        { dtype: "int32" },
      ),
    ),
    {
      labels: drawn.map(({ is, said, p }) => `${nameOf(is)}→${nameOf(said)} ${p.toFixed(2)}`),
      columns,
      title: title ?? `${mistakes.length} of ${truth.length} misclassified`,
    },
  );
}

interface Mistake {
  readonly at: number;
  readonly is: number;
  readonly said: number;
  readonly p: number;
}

function mistakesIn(scores: NDArray, truth: readonly number[]): Mistake[] {
  const [, classes = 0] = scores.shape;
  if (classes < 2)
    throw new ShapeError(`misclassified: scores has ${classes} column, expected one for each class: (N, C)`);
  const odd = truth.findIndex((label) => label >= classes);
  if (odd >= 0)
    throw new RangeError(
      `misclassified: target[${odd}] is ${describe(truth[odd])}, expected a class below ${classes}, as scores has ${classes} columns`,
    );
  const predicted = classesIn("misclassified", "scores", scores);
  const shares = classProbabilities("misclassified", scores, undefined);
  return predicted
    .map((said, at): Mistake => {
      return { at, is: truth[at] ?? 0, said, p: shares[at]?.[said] ?? 0 };
    })
    .filter(({ is, said }) => is !== said)
    .sort((a, b) => b.p - a.p);
}
