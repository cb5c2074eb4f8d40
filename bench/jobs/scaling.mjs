import { stepJob } from "./step-job.mjs";

const plainJs = /^(chalk|tape)-js$/;
const step = (name, sizes, axis, at) =>
  stepJob(name, { name: "mlp", sizes }, 64, {
    axes: { [axis]: at },
    tooSlow: sizes.length > 6 || sizes[1] > 512 ? plainJs : undefined,
  });

/** How a step's cost grows at batch 64: 784-w-w-10 with the width w; hidden layers of 256, so many. The batch is the mlp jobs' axis. */
export const scaling = [
  ...[32, 64, 128, 256, 512, 1024, 2048].map((w) => step(`width-${w}`, [784, w, w, 10], "width", w)),
  ...[1, 2, 4, 8, 16].map((d) => step(`depth-${d}`, [784, ...Array(d).fill(256), 10], "hidden layers", d)),
];
