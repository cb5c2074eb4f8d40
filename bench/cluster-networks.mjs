import { random } from "chalk-and-tape/np";

const dtype = "float32";

/** The networks whose steps are divided among ranks: the global batch, the shape of an item, and how either side builds one. */
export const networks = [
  { name: "Mlp", batch: 64, item: [784], build: (side, rng) => new side.Mlp({ rng, dtype }) },
  { name: "ResNet20", batch: 64, item: [3, 32, 32], build: (side, rng) => new side.ResNet20({ rng, dtype }) },
  { name: "ResNet18", batch: 64, item: [3, 32, 32], build: (side, rng) => new side.ResNet18({ rng, dtype }) },
];

/** Random items with labels, the same in every process. */
export function items(item, n) {
  return { x: random(2).normal(0, 1, [n, ...item], { dtype }), y: random(3).choice(10, n) };
}
