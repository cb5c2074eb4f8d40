// One training step in TensorFlow.js on its WebAssembly backend, as its guide writes it: an optimizer minimises a function.
import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { readProblem } from "../../problems/read-problem.mjs";
import { settings, tell } from "../settings.mjs";
import { timeSteps } from "../steps.mjs";

const { folder, model, batch, ...pace } = settings();
const binaries = new URL("../../node_modules/@tensorflow/tfjs-backend-wasm/dist/", import.meta.url);
setWasmPaths(fileURLToPath(binaries));
await tf.setBackend("wasm");

const { weights, x, y } = readProblem(folder);
const layers = model.sizes.slice(1).map((_, i) =>
  ["weight", "bias"].map((name) => {
    const { data, shape } = weights[`layer${i + 1}.${name}`];
    return tf.variable(tf.tensor(data, shape));
  }),
);
const images = tf.tensor(x.data, x.shape);
const labels = tf.oneHot(tf.tensor1d(y.data, "int32"), 10).toFloat();
const optimizer = tf.train.sgd(0.1);
const batches = images.shape[0] / batch;

function forward(rows) {
  let h = rows;
  for (const [i, [weight, bias]] of layers.entries()) {
    h = h.matMul(weight, false, true).add(bias);
    if (i < layers.length - 1) h = h.relu();
  }
  return h;
}

function step(k) {
  const start = (k % batches) * batch;
  const loss = tf.tidy(() =>
    optimizer.minimize(() => {
      const logits = forward(images.slice(start, batch));
      return tf.losses.softmaxCrossEntropy(labels.slice(start, batch), logits);
    }, true),
  );
  const [value] = loss.dataSync();
  loss.dispose();
  return value;
}

tell(await timeSteps(step, pace));
