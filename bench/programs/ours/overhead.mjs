// What an operation costs beside its arithmetic: nanoseconds an operation of small graphs, on the tape or as plain calls of np.
import { array, tanh } from "chalk-and-tape/np";
import { median } from "../../report/statistics.mjs";
import { graphs } from "../graphs.mjs";
import { settings, tell } from "../settings.mjs";
import { inTurns } from "../steps.mjs";

const { side, graph, ...pace } = settings();
const dtype = "float32";
const { tensor } = side === "autograd" ? await import("chalk-and-tape/autograd") : {};
const leafOf = (numbers) =>
  tensor ? tensor(numbers, { requiresGrad: true, dtype }) : array(numbers, { dtype });

function once() {
  const start = performance.now();
  const { operations, end, leaf } = graphs[graph](leafOf, { tanh });
  const middle = performance.now();
  if (tensor) end.backward();
  const ns = (ms) => (ms * 1e6) / operations;
  const parts = { forward: ns(middle - start), backward: tensor ? ns(performance.now() - middle) : 0 };
  const gradient = tensor ? leaf.grad.data.sum().item() : "none";
  return { parts, checks: { result: end.item(), gradient } };
}

const { timed } = await inTurns(once, pace);
const of = (part) => median(timed.map(({ result }) => result.parts[part]));
const parts = { forward: of("forward"), backward: of("backward") };
tell({ value: parts.forward + parts.backward, parts, checks: timed[0].result.checks });
