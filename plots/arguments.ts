/** What the charts are drawn from, checked where it comes in. */
import { anyNumber, argument, listWith, objectWith, orNull, type Required, text } from "../np/internal.ts";
import type { EpochRecord, SideEpoch } from "./epochs.ts";
import type { LrRangeCurve } from "./lr-range.ts";
import { isNumbers, type Numbers } from "./numbers.ts";
import type { EpochMeasures } from "./one-side.ts";
import type { ImageArray, Normalization } from "./pixels.ts";
import type { Samples } from "./samples.ts";
import type { Sheet } from "./sheet.ts";

/** NaN included, and null, which JSON writes for it. */
const measured = orNull(anyNumber);
const bytes: Required<Uint8Array> = argument("list", "a Uint8Array", (x) => x instanceof Uint8Array);
const texts = listWith("a list of texts", text);

const side = objectWith<SideEpoch>("one side's measurements", {
  trainLoss: measured,
  trainAccuracy: measured,
  testLoss: measured,
  testAccuracy: measured,
});

export const epochRecords: Required<readonly EpochRecord[]> = listWith(
  "a list of epochs, as compare returns them",
  objectWith<EpochRecord>("an epoch, as compare returns it", {
    epoch: anyNumber,
    manual: side,
    autograd: side,
    maxGradientDifference: measured,
    maxWeightDifference: measured,
  }),
);

export const epochMeasures: Required<readonly EpochMeasures[]> = listWith(
  "a list of epochs, as train returns them",
  objectWith<EpochMeasures>("an epoch, as train returns it", {
    epoch: anyNumber,
    trainLoss: measured,
    trainAccuracy: measured,
    validationLoss: measured,
    validationAccuracy: measured,
  }),
);

/** Numbers in any of their forms. */
export const numbers: Required<Numbers> = argument(
  "array",
  "numbers: an array, a tensor or a list",
  isNumbers,
);

/** The names of classes, rows or columns. */
export const names: Required<readonly string[]> = listWith("a list of names", text);

export const lrRangeCurve: Required<LrRangeCurve> = objectWith<LrRangeCurve>("what lrRangeTest returned", {
  points: listWith(
    "a list of points",
    objectWith<LrRangeCurve["points"][number]>("{ lr, loss, smoothed }", {
      lr: anyNumber,
      loss: measured,
      smoothed: measured,
    }),
  ),
  suggestion: measured,
});

export const imageArray: Required<ImageArray> = objectWith<ImageArray>(
  "an image, such as dataset.x.slice(0)",
  {
    shape: listWith("a shape", anyNumber),
    dtype: text,
    flat: argument("function", "a function", (x) => typeof x === "function"),
  },
);

export const normalization: Required<Normalization> = objectWith<Normalization>("{ mean, std }", {
  mean: listWith("a list of numbers", anyNumber),
  std: listWith("a list of numbers", anyNumber),
});

export const samples: Required<Samples> = objectWith<Samples>(
  "{ images, height, width, truth, manual, autograd }",
  {
    images: listWith("a list of Uint8Array", bytes),
    height: anyNumber,
    width: anyNumber,
    truth: texts,
    manual: texts,
    autograd: texts,
  },
);

export const sheet: Required<Sheet> = objectWith<Sheet>("{ rows, height, width }", {
  rows: listWith(
    "a list of rows { label, images }",
    objectWith<Sheet["rows"][number]>("{ label, images }", {
      label: text,
      images: listWith("a list of Uint8Array, null for an empty place", orNull(bytes)),
    }),
  ),
  height: anyNumber,
  width: anyNumber,
});
