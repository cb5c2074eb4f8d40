import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type AnyNetwork, toPyTorch } from "chalk-and-tape/export";
import { type NDArray, type Random, sizeOf } from "chalk-and-tape/np";
import { type Answer, type Question, relativeDifference } from "./in-pytorch.ts";

/** One network, or both sides of it with equal weights, and the inputs of several forwards. */
export interface Pair {
  readonly title: string;
  readonly networks: readonly AnyNetwork[];
  readonly batches: readonly (readonly NDArray[])[];
}

/** Exports all sides, which must give the same files. */
export function exported({ title, networks, batches }: Pair): Question {
  const inputs = batches[0] as readonly NDArray[];
  const [model, ...more] = networks.map((network) => toPyTorch(network, inputs));
  for (const { source, weights } of more) {
    expect(source, title).to.equal(model?.source);
    expect(Buffer.compare(weights, model?.weights as Uint8Array), title).to.equal(0);
  }
  return { model: model as Question["model"], batches };
}

/** Compares all sides with PyTorch's answer: outputs, keys and the order of the parameters. */
export function expectAnswer(
  { title, networks, batches }: Pair,
  answer: Answer,
  bound: number = 1e-12,
): void {
  for (const network of networks) {
    for (const [i, inputs] of batches.entries()) {
      const difference = relativeDifference(evaluated(network, inputs), answer.outputs[i] as NDArray);
      expect(difference, `${title}, batch ${i}`).to.be.at.most(bound);
    }
    expect(Object.keys(answer.state).sort(), title).to.deep.equal(Object.keys(network.stateDict()).sort());
    expect(answer.parameters, title).to.deep.equal(parameterNames(network));
  }
}

/** The network's output in evaluation mode. */
export function evaluated(network: AnyNetwork, inputs: readonly NDArray[]): NDArray {
  const { forward } = network.eval() as unknown as {
    forward(...x: readonly unknown[]): NDArray | autograd.Tensor;
  };
  const onTape = network instanceof autograd.Module;
  const y = forward.apply(network, onTape ? inputs.map((x) => new autograd.Tensor(x)) : [...inputs]);
  return y instanceof autograd.Tensor ? y.data : y;
}

function parameterNames(network: AnyNetwork): string[] {
  if (!(network instanceof autograd.Module)) return network.parameters().map(({ name }) => name);
  const seen = new Set<unknown>();
  return network.namedParameters().flatMap(([name, p]) => (seen.has(p) || !seen.add(p) ? [] : [name]));
}

/** Gives every array of a network new numbers, so that none has the value that it starts with in PyTorch too. */
export function redraw(network: AnyNetwork, rng: Random): void {
  for (const [key, array] of Object.entries(network.stateDict())) {
    if (array.dtype === "int32") continue;
    const isScale = key.endsWith("running_var") || (key.endsWith("weight") && array.ndim === 1);
    const values = isScale
      ? rng.uniform(0.5, 1.5, array.shape)
      : rng.normal(0, 1 / Math.sqrt(Math.max(1, sizeOf(array.shape.slice(1)))), array.shape);
    array.copyFrom(values);
  }
}
