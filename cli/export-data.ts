import { itemsOf, type TwinModel } from "../compare/internal.ts";
import { catalogue, loadDataset } from "../datasets/index.ts";
import { formatShape } from "../np/index.ts";

const size = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/**
 * The first generated dataset whose items are as large as those that the network was designed for:
 * `digits` for `Mlp`, `shapes` for `ResNet20`, `moons` for points in the plane.
 * @throws RangeError if there is none
 */
export async function embeddedFor(name: string, { fits, made }: TwinModel): Promise<string> {
  const generated = Object.entries(catalogue).filter(([, { files }]) => files === null);
  for (const [dataset] of generated) {
    const items = itemsOf((await loadDataset(dataset, { limit: 1 })).train);
    if (size(items.shape) === size(made.shape) && fits(items)) return dataset;
  }
  throw new RangeError(
    `--model ${name} needs --dataset: no generated dataset has items of shape ${formatShape(made.shape)}`,
  );
}
