import { mnistMissing, mnistPlace, writeMnistProblem } from "../problems/mnist-problem.mjs";

const mlp = { name: "Mlp", sizes: [784, 256, 64, 10] };

/** From start to end of a process: the command's help; the first import, beside what a bare Node and Python take. */
export const startup = [
  { name: "help", kind: "help", unit: "ms", wall: true },
  { name: "import", kind: "import", unit: "ms", wall: true },
];

/** Every parameter's gradient against differences: `chalk-and-tape gradcheck Mlp`, torch.autograd.gradcheck of the same network. */
export const gradcheck = [
  { name: "gradcheck", kind: "gradcheck", unit: "ms", wall: true, model: mlp, tooSlow: /^pytorch/ }, // a quarter of an hour
];

/** MNIST from disk to arrays, decompressed and verified. */
export const loading = [
  { name: "loading", kind: "loading", unit: "ms", obstacle: mnistMissing, tolerances: [0], ...mnistPlace },
];

/** The largest resident memory of three epochs of MNIST, or of our own digits where that is not here. */
export const memory = [
  {
    name: "memory",
    kind: "memory",
    unit: "MiB",
    prepare: writeMnistProblem,
    model: { ...mlp, name: "mlp" },
    batch: 64,
    tolerances: [1e-2, 1e-2, 1e-2],
  },
];
