import { formatShape, type NDArray, ShapeError } from "../np/index.ts";
import {
  argument,
  count,
  describe,
  type OptionTable,
  optional,
  settleOptions,
  text,
  withoutDefault,
} from "../np/internal.ts";
import { names as someNames } from "./arguments.ts";
import { chart } from "./chart.ts";
import { pngAddress } from "./image.ts";
import { bounds } from "./linear-axis.ts";
import { count as grouped, short } from "./number-format.ts";
import { arrayOf, isNumbers, type Numbers, valuesOf } from "./numbers.ts";
import type { Picture } from "./picture.ts";
import { toPixels } from "./pixels.ts";
import { mostImages, tiles } from "./tiles.ts";

export interface ImageGridOptions {
  /** A text for each image, or class indices. */
  readonly labels?: Numbers | readonly string[] | undefined;
  /** The names of classes 0, 1, …. */
  readonly classNames?: readonly string[] | undefined;
  /** Images in a row. Default 8. */
  readonly columns?: number | undefined;
  /** Above the picture. Default: none. */
  readonly title?: string | undefined;
}

const isTexts = (x: unknown): x is readonly string[] =>
  Array.isArray(x) && x.every((one) => typeof one === "string");

const contract = {
  name: "imageGrid",
  positional: {},
  options: {
    labels: withoutDefault(
      argument<Numbers | readonly string[]>(
        "list",
        "a list of strings, or class indices: an array, a tensor or a list",
        (x) => isTexts(x) || isNumbers(x),
      ),
      "no text",
    ),
    classNames: withoutDefault(someNames, "their numbers"),
    columns: optional(count(), 8),
    title: withoutDefault(text),
  } satisfies OptionTable<ImageGridOptions>,
};

/**
 * Draws images in rows, every pixel a square, each above its label. Bytes go from black (0) to white
 * (255), other numbers from 0 to 1, or from the smallest to the largest if they leave 0 … 1, as those
 * of kernels and normalised images do. Of more than 200 images the first 200 are drawn.
 * Shapes: images (N, H, W) or (N, C, H, W) with C of 1 or 3, or one image (H, W); labels (N,).
 * @throws ShapeError for images of other shapes, and when there are not as many labels as images
 * @example imageGrid(zeros([2, 8, 8]), { labels: ["a", "b"] }).spec.data.values.map(({ label }) => label) // ["a", "b"]
 */
export function imageGrid(images: Numbers, options: ImageGridOptions = {}): Picture {
  const given = arrayOf("imageGrid", "images", images, [2, 3, 4]);
  const { labels, classNames, columns, title } = settleOptions("imageGrid", contract, options);
  const all = given.ndim === 2 ? given.reshape(1, ...given.shape) : given;
  const [n = 0, ...shape] = all.shape;
  const [width = 0, height = 0, channels = 1] = [...shape].reverse();
  if (all.size === 0 || (channels !== 1 && channels !== 3)) {
    throw new ShapeError(
      `imageGrid: images have shape ${formatShape(given.shape)}, expected (N, H, W), or (N, C, H, W) with 1 or 3 channels`,
    );
  }
  const texts = labels === undefined ? null : textsOf(labels, classNames);
  if (texts && texts.length !== n) {
    throw new ShapeError(`imageGrid: labels has ${texts.length} entries, expected ${n}, one for each image`);
  }
  const drawn = Math.min(n, mostImages);
  const some = all.slice([0, drawn]);
  const { scaled, said } = inUnitRange(some);
  const urls = Array.from({ length: drawn }, (_, i) => pngAddress(toPixels(scaled.slice(i)), height, width));
  const first =
    drawn < n ? `The first ${drawn} of ${grouped(n)} images` : `${n} ${n === 1 ? "image" : "images"}`;
  return chart(
    `${first} of ${height} × ${width}${texts ? `, labelled ${[...new Set(texts.slice(0, drawn))].slice(0, 10).join(", ")}` : ""}${said}.`,
    tiles({ urls, labels: texts, across: Math.min(columns, drawn), height, width }),
    { title },
  );
}

function textsOf(labels: Numbers | readonly string[], classNames: readonly string[] | undefined): string[] {
  if (isTexts(labels)) return [...labels];
  return valuesOf(arrayOf("imageGrid", "labels", labels, [1, 2])).map((label) => {
    const name = classNames?.[label] ?? (classNames ? undefined : short(label));
    if (name !== undefined) return name;
    throw new RangeError(
      `imageGrid: there is a label ${describe(label)}, but classNames has ${classNames?.length ?? 0} names`,
    );
  });
}

/** Numbers that leave 0 … 1 are moved there, the smallest to 0 and the largest to 1. */
function inUnitRange(images: NDArray): { readonly scaled: NDArray; readonly said: string } {
  if (images.dtype === "uint8") return { scaled: images, said: "" };
  const [low, high] = bounds(valuesOf(images)) ?? [0, 1];
  const floats = images.astype("float64");
  if (low >= 0 && high <= 1) return { scaled: floats, said: "" };
  return {
    scaled: floats.sub(low).div(high > low ? high - low : 1),
    said: `, black is ${short(low)} and white ${short(high)}`,
  };
}
