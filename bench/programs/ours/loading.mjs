// MNIST's four files from disk to arrays, decompressed and their SHA-256 compared, in milliseconds.
import { findDataRoot, mnist, mnistFiles, verifyFiles } from "chalk-and-tape/datasets";
import { array } from "chalk-and-tape/np";
import { tell } from "../settings.mjs";

array([0]); // the engine is looked for before, not while data are read
const start = performance.now();
const [train, test, reports] = await Promise.all([
  mnist({ split: "train" }),
  mnist({ split: "test" }),
  verifyFiles(mnistFiles, findDataRoot().path),
]);
const value = performance.now() - start;
const wrong = reports.find(({ status }) => status !== "ok");
if (wrong) throw new Error(`${wrong.path}: ${wrong.status} ${wrong.found}`);
tell({ value, checks: { pixels: train.x.sum().item() + test.x.sum().item() } });
