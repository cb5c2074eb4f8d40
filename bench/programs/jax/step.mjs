// One training step in jax-js on its WebAssembly backend, as its README writes it: loss, gradients and update in one compiled function.
import { defaultDevice, init, jit, numpy as np, tree, valueAndGrad } from "@jax-js/jax";
import { readProblem } from "../../problems/read-problem.mjs";
import { settings, tell } from "../settings.mjs";
import { timeSteps } from "../steps.mjs";
import { forward } from "./networks.mjs";

const { folder, model, batch, ...pace } = settings();
await init("wasm");
defaultDevice("wasm");

const problem = readProblem(folder);
const array = ({ data, shape }) => np.array(data.slice()).reshape([...shape]);
let weights = Object.fromEntries(Object.entries(problem.weights).map(([key, value]) => [key, array(value)]));
const labels = Float32Array.from({ length: problem.y.data.length * 10 }, (_, i) =>
  Number(problem.y.data[Math.floor(i / 10)] === i % 10),
);
const [images, targets] = [array(problem.x), np.array(labels).reshape([problem.y.data.length, 10])];
const batches = problem.y.data.length / batch;

/** Arrays are counted: `ref` keeps one for another use. */
function lossOf(parameters, x, y) {
  const logits = forward[model.name](parameters, x, model);
  const [shifted] = [logits.ref.sub(np.max(logits, 1, { keepdims: true }))];
  const logTotal = np.log(np.sum(np.exp(shifted.ref), 1, { keepdims: true }));
  return np.sum(y.mul(logTotal.sub(shifted))).mul(1 / batch);
}
const update = jit((parameters, x, y) => {
  const [loss, gradients] = valueAndGrad(lossOf)(tree.ref(parameters), x, y);
  return [loss, tree.map((p, g) => p.sub(g.mul(0.1)), parameters, gradients)];
});

function step(k) {
  const rows = [(k % batches) * batch, ((k % batches) + 1) * batch];
  const [loss, updated] = update(weights, images.ref.slice(rows), targets.ref.slice(rows));
  weights = updated;
  return loss.item();
}

tell(await timeSteps(step, pace));
