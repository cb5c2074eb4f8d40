// biome-ignore-all lint/performance/noDynamicNamespaceImportAccess: classes are chosen by name
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";

type Layer = manual.Layer;
type ManualLoss = manual.Layer<[x: NDArray, target: NDArray]>;
type TapeLoss = autograd.Module<[x: autograd.Tensor, target: NDArray]>;

export interface Pass {
  readonly y: NDArray;
  readonly dx: NDArray;
  readonly gradients: Readonly<Record<string, NDArray>>;
}

/** What a test does on either side, in one vocabulary. `classes` holds what both sides export under one name. */
export interface Side {
  readonly name: "chalk" | "tape";
  readonly classes: typeof manual | typeof autograd;
  /** Forward, then backward with dy; with a loss, from its value. */
  pass(network: object, x: NDArray, dy: NDArray): Pass;
  lossPass(loss: object, x: NDArray, target: NDArray, dy: NDArray | number): Pass;
  /** Steps `build(parameters)` through given gradients: gradientAt(step, parameter, its value). */
  optimize(
    name: "SGD" | "Adam",
    options: object,
    start: readonly NDArray[],
    steps: number,
    gradientAt: (step: number, k: number, value: NDArray) => NDArray,
  ): number[][];
}

const flat = (arrays: readonly NDArray[]): number[] => arrays.flatMap((x) => [...x.flat()]);

export const chalk: Side = {
  name: "chalk",
  classes: manual,
  pass(network, x, dy) {
    const layer = network as Layer;
    const y = layer.forward(x);
    const dx = layer.backward(dy);
    return {
      y,
      dx,
      gradients: Object.fromEntries(layer.parameters().map((p) => [p.name, p.gradient as NDArray])),
    };
  },
  lossPass(loss, x, target, dy) {
    const layer = loss as ManualLoss & { backward(dy: NDArray | number): NDArray };
    const y = layer.forward(x, target);
    return { y, dx: layer.backward(dy), gradients: {} };
  },
  optimize(name, options, start, steps, gradientAt) {
    const parameters = start.map((x, k) => ({
      name: `p${k}`,
      value: x.copy(),
      gradient: null as NDArray | null,
    }));
    const optimizer = new manual[name](parameters, options);
    return Array.from({ length: steps }, (_, i) => {
      for (const [k, p] of parameters.entries()) p.gradient = gradientAt(i + 1, k, p.value);
      optimizer.step();
      return flat(parameters.map((p) => p.value));
    });
  },
};

export const tape: Side = {
  name: "tape",
  classes: autograd,
  pass(network, x, dy) {
    const module = network as autograd.Module;
    const input = autograd.tensor(x, { requiresGrad: true });
    module.zeroGrad();
    const y = module.forward(input);
    y.backward(dy);
    const gradients = module.namedParameters().map(([key, p]) => [key, (p.grad as autograd.Tensor).data]);
    return { y: y.data, dx: (input.grad as autograd.Tensor).data, gradients: Object.fromEntries(gradients) };
  },
  lossPass(loss, x, target, dy) {
    const input = autograd.tensor(x, { requiresGrad: true });
    const y = (loss as TapeLoss).forward(input, target);
    y.backward(dy);
    return { y: y.data, dx: (input.grad as autograd.Tensor).data, gradients: {} };
  },
  optimize(name, options, start, steps, gradientAt) {
    const parameters = start.map((x) => autograd.tensor(x, { requiresGrad: true }));
    const optimizer = new autograd[name](parameters, options);
    return Array.from({ length: steps }, (_, i) => {
      for (const [k, p] of parameters.entries()) p.grad = new autograd.Tensor(gradientAt(i + 1, k, p.data));
      optimizer.step();
      return flat(parameters.map((p) => p.data));
    });
  },
};

export const sides: readonly Side[] = [chalk, tape];
