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
import { gradient, shadeAt } from "./gradient.ts";
import { pngAddress } from "./image.ts";
import { finite, short } from "./number-format.ts";
import { arrayOf, type Numbers, rowsOf, valuesOf } from "./numbers.ts";
import { notFinite, signed } from "./palette.ts";
import type { Picture } from "./picture.ts";
import { mostImages, tiles } from "./tiles.ts";

export interface FilterGridOptions {
  /** The shape of what the filters look at, (H, W) or (C, H, W); for a linear layer. Default: a square, so 784 weights are 28 × 28. */
  readonly shape?: readonly number[] | undefined;
  /** A text for each filter, such as the names of the classes. Default: 0, 1, …. */
  readonly labels?: readonly string[] | undefined;
  /** Images in a row, of filters with one channel. Default 8. With more channels, a row is a filter. */
  readonly columns?: number | undefined;
  /** Above the picture. Default: none. */
  readonly title?: string | undefined;
}

const contract = {
  name: "filterGrid",
  positional: {},
  options: {
    shape: withoutDefault(
      argument<readonly number[]>(
        "list",
        "a shape (H, W) or (C, H, W), such as [28, 28]",
        (x) => Array.isArray(x) && x.every((n) => Number.isInteger(n) && n > 0),
        (x) => x.length === 2 || x.length === 3,
      ),
      "a square",
    ),
    labels: withoutDefault(someNames, "0, 1, …"),
    columns: optional(count(), 8),
    title: withoutDefault(text),
  } satisfies OptionTable<FilterGridOptions>,
};

/**
 * Draws the weights of a first layer as images: what each unit looks for. Negative weights are dark
 * blue, positive ones light, 0 is grey; all filters have the same scale, which the legend gives. A
 * filter with several channels is a row, with an image for each channel. At most 200 images are drawn.
 * Shapes: weights (O, I) of a linear layer, or (O, C, kH, kW) of a convolution.
 * @throws ShapeError for weights of other shapes, and for weights that cannot be arranged as an image
 * @example filterGrid(zeros([3, 784])).description.slice(0, 20) // "3 filters of 28 × 28"
 */
export function filterGrid(weights: Numbers, options: FilterGridOptions = {}): Picture {
  const given = arrayOf("filterGrid", "weights", weights, [2, 4]);
  const { shape, labels, columns, title } = settleOptions("filterGrid", contract, options);
  const all = asImages(given, shape);
  const [n = 0, channels = 1, height = 1, width = 1] = all.shape;
  if (labels && labels.length !== n) {
    throw new ShapeError(
      `filterGrid: labels has ${labels.length} entries, expected ${n}, one for each filter`,
    );
  }
  const drawn = Math.min(n, Math.max(1, Math.floor(mostImages / channels)));
  const images = rowsOf(all.slice([0, drawn]).reshape(drawn * channels, height * width));
  const most = images.flat().reduce((top, w) => (finite(w) ? Math.max(top, Math.abs(w)) : top), 0) || 1;
  const urls = images.map((image) =>
    pngAddress(Uint8Array.from(image.flatMap((w) => colourOf(w, most))), height, width),
  );
  const name = (i: number): string => labels?.[i] ?? `${i}`;
  const texts = images.map((_, i) => {
    const filter = name(Math.floor(i / channels));
    return channels === 1 ? filter : `${filter}, ch. ${i % channels}`;
  });
  const across = channels === 1 ? Math.min(columns, drawn) : channels;
  const { layer, ...view } = tiles({ urls, labels: texts, across, height, width });
  // Nothing is drawn by it but the legend.
  const scale = {
    data: { values: [{ weight: 0 }] },
    mark: { type: "point", opacity: 0 },
    encoding: { color: gradient("weight", [-most, most], signed, "weight") },
  };
  const odd = valuesOf(given).filter((w) => !finite(w)).length;
  return chart(
    `${drawn < n ? `The first ${drawn} of ${n}` : n} filters of ${height} × ${width}${channels > 1 ? ` in ${channels} channels` : ""}, ` +
      `with weights from ${short(-most)} (dark blue) over 0 (grey) to ${short(most)} (light)${odd > 0 ? `; ${odd} are not finite and red` : ""}.`,
    { ...view, layer: [...layer, scale], resolve: { scale: { color: "independent" } } },
    { title },
  );
}

function colourOf(weight: number, most: number): readonly number[] {
  return finite(weight) ? shadeAt((weight / most + 1) / 2, signed) : notFinite;
}

/** The weights as (O, C, H, W). */
function asImages(weights: NDArray, shape: readonly number[] | undefined): NDArray {
  const [n = 0, inputs = 0] = weights.shape;
  if (weights.size === 0)
    throw new ShapeError(
      `filterGrid: weights have shape ${formatShape(weights.shape)}, expected at least one`,
    );
  if (weights.ndim === 4) {
    if (shape) throw new ShapeError("filterGrid: weights of a convolution have a shape; leave shape out");
    return weights;
  }
  const side = Math.round(Math.sqrt(inputs));
  const [width = 0, height = 0, channels = 1] = [...(shape ?? [side, side])].reverse();
  if (channels * height * width !== inputs) {
    const wrong = shape ? `shape is ${describe([...shape])}` : `${inputs} is not a square`;
    throw new ShapeError(
      `filterGrid: a filter has ${inputs} weights, but ${wrong}; give the shape of the image, such as { shape: [3, 32, 32] }`,
    );
  }
  return weights.reshape(n, channels, height, width);
}
