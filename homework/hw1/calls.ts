import { array, NDArray, stack } from "../../np/index.ts";
import type { Calls, Submission } from "../protocol/calls.ts";
import { exported } from "../protocol/exported.ts";
import type { Arrays } from "../protocol/frame.ts";

type Function = (...inputs: readonly unknown[]) => unknown;

/** What the student's class has. */
interface Network {
  [field: string]: NDArray;
}

const layers = [1, 2, 3, 4] as const;

/** How hw1's functions and its class are called. Nothing here says what is right. */
export const calls: Calls = {
  linearForward: (hw, { x, W, b }) => ({ y: call(hw, "linearForward", x, W, b) }),
  linearBackward: (hw, { dy, x, W }) => picked(call(hw, "linearBackward", dy, x, W), ["dx", "dW", "db"]),
  // x and dy are shown as they are afterwards.
  reluForward: (hw, { x }) => ({ y: call(hw, "reluForward", x), x: x as NDArray }),
  reluBackward: (hw, { dy, x }) => ({
    dx: call(hw, "reluBackward", dy, x),
    x: x as NDArray,
    dy: dy as NDArray,
  }),
  lossForward: (hw, { z, t }) => ({ loss: scalar("lossForward", call(hw, "lossForward", z, t)) }),
  lossBackward: (hw, { z, t }) => ({ dz: call(hw, "lossBackward", z, t) }),
  forward: (hw, inputs) => ({ z: method(network(hw, inputs), "forward", inputs.x) }),
  // Gradients for the newest forward: `earlier`, if given, went through the network first.
  backward: (hw, inputs) => {
    const net = network(hw, inputs);
    if (inputs.earlier) method(net, "forward", inputs.earlier);
    method(net, "forward", inputs.x);
    if (inputs.first) method(net, "backward", inputs.first);
    method(net, "backward", inputs.dz);
    return picked(net, names("d"));
  },
  update: (hw, inputs) => {
    const net = network(hw, inputs);
    method(net, "forward", inputs.x);
    method(net, "backward", inputs.dz);
    const gradients = picked(net, names("d"));
    const before = Object.fromEntries(Object.entries(gradients).map(([name, x]) => [name, x.copy()]));
    method(net, "update", inputs.lr?.item());
    return { ...before, ...picked(net, names("")) };
  },
  train: (hw, inputs) => {
    const net = network(hw, inputs);
    const losses = Array.from({ length: inputs.steps?.item() ?? 0 }, () =>
      scalar("trainStep", call(hw, "trainStep", net, inputs.x, inputs.t, inputs.lr?.item())),
    );
    return { losses: stack(losses), ...picked(net, names("")) };
  },
  // The inputs as they are after everything has been called.
  everything: (hw, inputs) => {
    const { x, W, b, dy, z, t, dz, lr } = inputs;
    call(hw, "linearForward", x, W, b);
    call(hw, "linearBackward", dy, x, W);
    call(hw, "reluForward", dy);
    call(hw, "reluBackward", dy, dy);
    call(hw, "lossForward", z, t);
    call(hw, "lossBackward", z, t);
    const net = network(hw, inputs);
    method(net, "forward", inputs.points);
    method(net, "backward", dz);
    method(net, "update", lr?.item());
    return inputs;
  },
};

function names(prefix: string): string[] {
  return layers.flatMap((k) => [`${prefix}W${k}`, `${prefix}b${k}`]);
}

function call(hw: Submission, name: string, ...inputs: readonly unknown[]): NDArray {
  return given(name, exported<Function>(hw, name)(...inputs));
}

function network(hw: Submission, inputs: Arrays): Network {
  const MlpClassifier = exported<new (parameters: Arrays) => Network>(hw, "MlpClassifier");
  return new MlpClassifier(inputs);
}

function method(net: Network, name: string, input: unknown): NDArray {
  const found: unknown = net[name];
  if (typeof found !== "function") throw new Error(`MlpClassifier has no method ${name}`);
  const result: unknown = found.call(net, input);
  return name === "forward" ? given(name, result) : (result as NDArray);
}

function given(name: string, value: unknown): NDArray {
  if (value === undefined) throw new Error(`${name} returned nothing: is a return missing?`);
  return value as NDArray;
}

function field(name: string, value: NDArray | undefined): NDArray {
  if (value === undefined) throw new Error(`${name} is undefined: nothing has set it`);
  return value;
}

/** Some fields of a result. */
function picked(result: unknown, fields: readonly string[]): Arrays {
  const from = Object(result) as Record<string, NDArray>;
  return Object.fromEntries(fields.map((name) => [name, field(name, from[name])]));
}

/** A number as an array. @throws Error for an array, also for one that holds a number */
function scalar(name: string, value: unknown): NDArray {
  if (typeof value === "number") return array(value);
  throw new Error(
    value instanceof NDArray
      ? `${name} returned an NDArray; add .item()`
      : `${name} returned something other than a number`,
  );
}
