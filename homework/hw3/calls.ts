import { array, type NDArray } from "../../np/index.ts";
import type { Calls } from "../protocol/calls.ts";
import { exported } from "../protocol/exported.ts";
import type { Arrays } from "../protocol/frame.ts";
import { columns, type Operation, operations, rowLength } from "./operations.ts";

interface Value {
  readonly data: number;
  readonly grad: number;
  backward(): void;
}

interface Tensor {
  readonly data: NDArray;
  readonly grad: NDArray | null;
  backward(upstream?: NDArray): void;
  zeroGrad(): void;
}

type Method = (...args: readonly unknown[]) => unknown;

/** One row of a program. */
interface Step {
  readonly operation: Operation;
  readonly a: number;
  readonly b: number;
  readonly times: number;
  readonly rest: readonly unknown[];
}

function stepsOf(rows: NDArray): readonly Step[] {
  const numbers = rows.flat();
  return Array.from({ length: rows.shape[0] as number }, (_, i) => {
    const row = numbers.slice(i * rowLength, (i + 1) * rowLength);
    const at = (column: number): number => row[column] as number;
    const operation = operations[at(columns.operation)] as Operation;
    const count = at(columns.count);
    const list = [...row.slice(columns.first, columns.first + Math.max(count, 0))];
    const numbersGiven = count === -1 ? null : count === -2 ? at(columns.first) : list;
    const rest =
      operation === "sum"
        ? [numbersGiven, at(columns.keepDims) === 1]
        : operation === "reshape" || operation === "broadcastTo"
          ? [list]
          : [];
    return { operation, a: at(columns.a), b: at(columns.b), times: at(columns.times), rest };
  });
}

/** Runs a program on leaves of the submission: all nodes, leaves first. */
function nodesOf<T>(leaves: readonly T[], rows: NDArray): readonly T[] {
  const nodes = [...leaves];
  for (const { operation, a, b, times, rest } of stepsOf(rows)) {
    let result = nodes[a] as T;
    for (let i = 0; i < times; i++) {
      const other = b === a ? result : nodes[b];
      const args = ["add", "mul", "matmul"].includes(operation) ? [other] : rest;
      const method = (result as Readonly<Record<string, Method | undefined>>)[operation];
      if (typeof method !== "function") throw new Error(`there is no method ${operation}`);
      result = method.apply(result, [...args]) as T;
      if (typeof result !== "object" || result === null)
        throw new TypeError(`${operation} does not return an object with data, expected a result`);
    }
    nodes.push(result);
  }
  return nodes;
}

function listed(inputs: Arrays, name: string): readonly NDArray[] {
  const found: NDArray[] = [];
  for (let x = inputs[`${name}0`]; x; x = inputs[`${name}${found.length}`]) found.push(x);
  return found;
}

function numberOf(x: unknown, what: string): number {
  if (typeof x !== "number") throw new TypeError(`${what} is not a number`);
  return x;
}

/** hw3.ts, seen by its checks: a program of numbers runs on the student's own values and tensors. */
export const calls: Calls = {
  values(submission, inputs) {
    const Class = exported<new (data: number) => Value>(submission, "Value");
    const leaves = listed(inputs, "leaf").map((x) => new Class(x.item()));
    const nodes = nodesOf(leaves, inputs.steps as NDArray);
    const data = nodes.map((node) => numberOf(node.data, "data"));
    if (inputs.root) (nodes[inputs.root.item()] as Value).backward();
    return { data: array(data), grads: array(nodes.map((node) => numberOf(node.grad, "grad"))) };
  },

  tensors(submission, inputs) {
    const Class = exported<new (data: NDArray, options?: object) => Tensor>(submission, "Tensor");
    const learns = (inputs.learns as NDArray).flat();
    const data = listed(inputs, "leaf");
    const leaves = data.map((x, i) => (learns[i] ? new Class(x, { requiresGrad: true }) : new Class(x)));
    const nodes = nodesOf(leaves, inputs.steps as NDArray);
    const shown = [...(inputs.show as NDArray).flat()];
    const values = shown.map((node) => [`value${node}`, (nodes[node] as Tensor).data.copy()] as const);
    const roots = [...(inputs.roots as NDArray).flat()];
    for (const [i, root] of roots.entries()) {
      if (inputs.zeroBefore?.item() === i) for (const leaf of leaves) leaf.zeroGrad();
      (nodes[root] as Tensor).backward(inputs[`upstream${i}`]);
    }
    const grads = leaves.flatMap(({ grad }, i) => (grad === null ? [] : [[`grad${i}`, grad] as const]));
    const after = data.map((x, i) => [`leaf${i}`, x] as const);
    const upstreams = roots.flatMap((_, i) => {
      const upstream = inputs[`upstream${i}`];
      return upstream ? [[`upstream${i}`, upstream] as const] : [];
    });
    return Object.fromEntries([...values, ...grads, ...after, ...upstreams]);
  },

  refusal(submission, { x }) {
    const Class = exported<new (data: NDArray, options?: object) => Tensor>(submission, "Tensor");
    const leaf = new Class(x as NDArray, { requiresGrad: true });
    try {
      leaf.backward();
    } catch {
      return { thrown: array(1) };
    }
    return { thrown: array(0) };
  },

  unbroadcast(submission, { dy, shape }) {
    const unbroadcast = exported<(dy: NDArray, shape: readonly number[]) => NDArray>(
      submission,
      "unbroadcast",
    );
    return { dx: unbroadcast(dy as NDArray, [...(shape as NDArray).flat()]) };
  },

  network(submission, inputs) {
    const Class = exported<new (data: NDArray, options?: object) => Tensor>(submission, "Tensor");
    const network = exported<(x: Tensor, parameters: readonly Tensor[]) => Tensor>(submission, "network");
    const parameters = listed(inputs, "parameter").map((x) => new Class(x, { requiresGrad: true }));
    const logit = network(new Class(inputs.x as NDArray), parameters);
    logit.backward(inputs.upstream);
    const grads = parameters.flatMap(({ grad }, i) => (grad === null ? [] : [[`grad${i}`, grad] as const]));
    return { logit: logit.data, ...Object.fromEntries(grads) };
  },

  marginLoss(submission, inputs) {
    const Class = exported<new (data: NDArray, options?: object) => Tensor>(submission, "Tensor");
    const marginLoss = exported<(logit: Tensor, sign: NDArray) => Tensor>(submission, "marginLoss");
    const logit = new Class(inputs.logit as NDArray, { requiresGrad: true });
    const loss = marginLoss(logit, inputs.sign as NDArray);
    const value = loss.data.copy();
    loss.backward();
    return { loss: value, ...(logit.grad === null ? {} : { grad: logit.grad }) };
  },
};
