// CHALK_DATA=… node bench/loading.mjs: what loading costs. MNIST from disk to ready, decompressed and checked; CIFAR-10 with what
// its networks are trained with, RandomCrop(32, padding 4), a flip, Normalize, in images a second; and beside a training step of a
// network of ResNet-20's convolutions (He et al. 2016, section 4.2), batch 32: only where loading takes more than 5 % of it would threads
// pay. Shares are of processor time, which other programs on the machine disturb least.

import {
  ColorJitter,
  Compose,
  Cutout,
  cifar10,
  cifar10Statistics,
  DataLoader,
  findDataRoot,
  mnist,
  mnistFiles,
  Normalize,
  RandomAffine,
  RandomCrop,
  RandomHorizontalFlip,
  ToTensor,
  verifyFiles,
} from "chalk-and-tape/datasets";
import { Conv2d, ReLU } from "chalk-and-tape/manual";
import { engine, random } from "chalk-and-tape/np";

const batchSize = 32;
const digits = (x) => String(Number(x.toPrecision(3)));
/** Processor time of this program, in milliseconds. */
const spent = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;

async function report(what, run) {
  const times = [];
  for (let i = 0; i < 3; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  console.log(`${what}: ${times.map((ms) => `${ms.toFixed(0)} ms`).join(", ")}`);
}

console.log(`node ${process.version}, engine ${engine().name}`);
await report("MNIST's 60,000 training images, read and decompressed", () => mnist({ split: "train" }));
await report("MNIST, all four files decompressed and their SHA-256 checked", () =>
  verifyFiles(mnistFiles, findDataRoot().path),
);
await report("CIFAR-10's test images and 20,000 to train, read", async () => {
  await cifar10({ split: "test" });
  await cifar10({ split: "train", limit: 20_000 });
});

const dataset = await cifar10({ split: "train", limit: 10_000 });
const normalize = new Normalize(cifar10Statistics.mean, cifar10Statistics.std);
const crop = [new RandomCrop(32, { padding: 4 }), new RandomHorizontalFlip()];
const pipelines = {
  "÷ 255 alone": undefined,
  "crop, flip, normalise": new Compose([...crop, new ToTensor(), normalize]),
  "crop, flip, normalise, Cutout": new Compose([...crop, new ToTensor(), normalize, new Cutout()]),
  "crop, flip, ColorJitter, RandomAffine bilinear, normalise": new Compose([
    ...crop,
    new ColorJitter({ brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 }),
    new RandomAffine(15, { translate: [0.1, 0.1], interpolation: "bilinear" }),
    new ToTensor(),
    normalize,
  ]),
};
const msPerBatch = {};
for (const [name, transform] of Object.entries(pipelines)) {
  const loader = new DataLoader(dataset, { batchSize, shuffle: true, seed: 1, transform });
  let [batches, start] = [0, 0];
  for await (const _ of loader) {
    if (batches === 20) start = spent(); // from here on the code is warm
    if (++batches === 120) break;
  }
  const ms = (spent() - start) / 100;
  msPerBatch[name] = ms;
  const perSecond = Math.round((1000 * batchSize) / ms).toLocaleString("en");
  console.log(`${name}: ${perSecond} images/s, ${digits(ms)} ms a batch of ${batchSize}`);
}

/** [channels in, channels out, stride, height in], the 19 convolutions: one, then three stages of three blocks of two. */
const convolutions = [[3, 16, 1, 32]];
for (const [channels, height] of [
  [16, 32],
  [32, 16],
  [64, 8],
]) {
  for (let i = 0; i < 6; i++) {
    const halves = i === 0 && channels > 16;
    convolutions.push([
      halves ? channels / 2 : channels,
      channels,
      halves ? 2 : 1,
      halves ? 2 * height : height,
    ]);
  }
}
for (const dtype of ["float64", "float32"]) {
  const rng = random(0);
  const layers = convolutions.flatMap(([from, to, stride]) => [
    new Conv2d(from, to, 3, { stride, padding: 1, bias: false, rng, dtype }),
    new ReLU(),
  ]);
  const x = rng.normal(0, 1, [batchSize, 3, 32, 32], { dtype });
  const step = () => {
    let y = x;
    for (const layer of layers) y = layer.forward(y);
    let dy = y;
    for (const layer of [...layers].reverse()) dy = layer.backward(dy);
  };
  step();
  const start = spent();
  for (let i = 0; i < 3; i++) step();
  const stepMs = (spent() - start) / 3;
  console.log(
    `ResNet-20's convolutions and ReLUs, forward and backward of chalk, ${dtype}: ${digits(stepMs)} ms a step of ${batchSize}`,
  );
  for (const [name, ms] of Object.entries(msPerBatch))
    console.log(`  ${name}: ${digits((100 * ms) / stepMs)} % of it`);
}
