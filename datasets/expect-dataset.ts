import { describe, expectArgument, ndarray } from "../np/internal.ts";

/** @throws TypeError unless x and y are arrays */
export function expectDataset(where: string, dataset: unknown): void {
  if (typeof dataset !== "object" || dataset === null || !("x" in dataset && "y" in dataset))
    throw new TypeError(
      `${where}: dataset is ${describe(dataset)}, expected a dataset, such as moons({ n: 200 }), or your own { x, y }`,
    );
  expectArgument(where, "dataset.x", ndarray, dataset.x);
  expectArgument(where, "dataset.y", ndarray, dataset.y);
}
