// MNIST from a data root to arrays, every file checked against its SHA-256: `node loading.mjs '{"root": …}'`.
import { mnist, mnistFiles, verifyFiles } from "chalk-and-tape/datasets";
import { settings, tell } from "../settings.mjs";

const { root } = settings();
const start = performance.now();
const [train, test, reports] = await Promise.all([
  mnist({ root, split: "train" }),
  mnist({ root, split: "test" }),
  verifyFiles(mnistFiles, root),
]);
const value = performance.now() - start;
for (const { status, found } of reports) if (status !== "ok") throw new Error(found);
// Sums in plain loops: these numbers are integers, and a sum of uint8 arrays need not be.
const sum = (...arrays) => arrays.reduce((all, array) => array.flat().reduce((a, b) => a + b, all), 0);
tell({ value, checks: { "sum of pixels": sum(train.x, test.x), "sum of labels": sum(train.y, test.y) } });
