import { NDArray } from "../np/index.ts";
import { type Dataset, take } from "./dataset.ts";
import { DataError } from "./errors.ts";

/** An array, and the file that it comes from. */
export interface FromFile {
  readonly path: string;
  readonly array: NDArray;
}

/**
 * Joins images and labels.
 * @throws DataError for no images, another number of labels, or a label that is no index into
 * `classes`; the message ends with `advice`
 */
export function labelledImages(
  name: string,
  images: FromFile,
  labels: FromFile,
  classes: readonly string[],
  advice: string,
  limit: number | undefined,
): Dataset {
  const [count = 0] = images.array.shape;
  const y = labels.array.flat();
  const refuse = (path: string, complaint: string): DataError =>
    new DataError(`${path}: ${complaint}. ${advice}`);
  if (count === 0) throw refuse(images.path, "holds no images; expected one or more images");
  if (y.length !== count) {
    throw refuse(labels.path, `${y.length} label(s), but ${images.path} has ${count} image(s)`);
  }
  const wrong = y.findIndex((label: number) => label < 0 || label >= classes.length);
  if (wrong >= 0) {
    const what = name === "mnist" ? "a digit" : "a class";
    throw refuse(labels.path, `label ${wrong} is ${y[wrong]}; expected ${what}, 0 to ${classes.length - 1}`);
  }
  const dataset = { name, x: images.array, y: NDArray.from(Int32Array.from(y)), classes };
  return limit === undefined ? dataset : take(dataset, limit);
}
