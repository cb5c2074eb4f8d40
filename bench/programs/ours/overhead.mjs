// Nanoseconds of an operation, forward or backward: `node overhead.mjs '{"side": "autograd", "graph": "chain", "phase": "forward", …}'`.
import { array } from "chalk-and-tape/np";
import { sample } from "../sample.mjs";
import { settings, tell } from "../settings.mjs";
import { graphs } from "./graphs.mjs";

const { side, graph, phase, ...pace } = settings();
const { leaves: values, operations, repeats, run } = graphs[graph];
const { tensor } = side === "autograd" ? await import("chalk-and-tape/autograd") : {};
const leaf = (value) => (tensor ? tensor(value, { requiresGrad: true }) : array(value));

function once() {
  const made = Array.from({ length: repeats }, () => ({ leaves: values.map(leaf), result: null }));
  const forward = () => {
    for (const one of made) one.result = run(one.leaves);
  };
  const backward = () => {
    for (const { result } of made) result.backward();
  };
  if (phase === "backward") forward();
  const start = performance.now();
  if (phase === "forward") forward();
  else backward();
  const ns = ((performance.now() - start) * 1e6) / (repeats * operations);
  return { ns, ...made[0] };
}

const { value, last, samples } = sample(once, ({ ns }) => ns, pace);
const checks = { result: last.result.item() };
if (phase === "backward") checks.gradient = last.leaves[0].grad.sum().item();
tell({ value, checks, samples });
