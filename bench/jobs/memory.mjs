import { mnistHere, writeDigits } from "../problems/idx-digits.mjs";

const real = mnistHere() !== null;

/**
 * The most memory that a process ever had, over 3 epochs of Mlp, batch 64, SGD with lr 0.1, float32, shuffled: on MNIST where it is here,
 * else on drawn digits in files of the same form. Everyone reads the files, keeps the images in bytes, and shuffles by itself.
 */
export const memory = [
  {
    name: real ? "memory-mnist" : "memory-digits",
    kind: "memory",
    unit: "MiB",
    epochs: 3,
    prepare(folder, quick) {
      const limit = quick ? 1_000 : real ? 60_000 : 10_000;
      return { limit, root: real ? mnistHere() : writeDigits(folder, limit) };
    },
  },
];
