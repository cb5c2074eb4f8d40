import { mnistHere } from "../problems/idx-digits.mjs";

const root = mnistHere();

/** MNIST's four files from disk to arrays, decompressed and their SHA-256 checked; sums of all bytes must be the same. */
export const loading = [
  {
    name: "loading-mnist",
    kind: "loading",
    unit: "ms",
    tolerances: [0, 0],
    root,
    absent: root ? null : "no MNIST here: npx chalk-and-tape data fetch mnist",
  },
];
