// CHALK_DATA=… node bench/digits-to-mnist.mjs: what Mlp learns from 10,000 drawn digits, scored on 2,000 it has not seen and on
// MNIST's 10,000 test images, none of which was drawn by us. Three epochs, Adam, lr 1e-3, batch 64; three seeds of the weights.

import { DataLoader, loadDataset, mnist } from "chalk-and-tape/datasets";
import { Adam, CrossEntropyLoss, Mlp, train } from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { accuracy } from "chalk-and-tape/training";

async function score(model, dataset) {
  let right = 0;
  for await (const { x, y } of new DataLoader(dataset, { batchSize: 500 }))
    right += accuracy(model.forward(x), y) * y.size;
  return ((100 * right) / dataset.y.size).toFixed(2);
}

const drawn = await loadDataset("digits", { seed: 0 });
const real = await mnist({ split: "test" });
for (const seed of [0, 1, 2]) {
  const rng = random(seed);
  const model = new Mlp({ rng: rng.spawn() });
  const loader = new DataLoader(drawn.train, { shuffle: true, rng: rng.spawn() });
  await train(model, loader, {
    loss: new CrossEntropyLoss(),
    optimizer: new Adam(model.parameters()),
    epochs: 3,
  });
  console.log(
    `seed ${seed}: ${await score(model, drawn.test)} % of drawn digits, ${await score(model, real)} % of MNIST`,
  );
}
