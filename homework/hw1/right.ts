import { BCEWithLogitsLoss, Linear, ReLU, Sequential, SGD } from "../../manual/index.ts";
import { array, type NDArray, ones, random } from "../../np/index.ts";
import type { Known } from "../checks/check.ts";
import type { Arrays } from "../protocol/frame.ts";

/** chalk's layer with these parameters. */
export function rightLinear(W: NDArray, b: NDArray): Linear {
  const [M = 0, D = 0] = W.shape;
  const layer = new Linear(D, M, { rng: random(0) });
  layer.weight.copyFrom(W);
  (layer.bias as NDArray).copyFrom(b);
  return layer;
}

/** The gradients of x, W and b in a linear layer. */
export function rightLinearGradients(
  dy: NDArray,
  x: NDArray,
  W: NDArray,
  b: NDArray,
): Record<string, NDArray> {
  const layer = rightLinear(W, b);
  layer.forward(x);
  return { x: layer.backward(dy), W: layer.dWeight as NDArray, b: layer.dBias as NDArray };
}

/** What helps to diagnose a gradient of a linear layer: "x", "W" or "b". */
export function knownOfLinear(
  name: string,
  { dy, x, W, b }: Readonly<Record<"dy" | "x" | "W" | "b", NDArray>>,
): Known {
  const [N = 0, D = 0] = x.shape;
  const right = (dy: NDArray, x: NDArray): NDArray => rightLinearGradients(dy, x, W, b)[name] as NDArray;
  return {
    dy,
    inputs: [x],
    own: name === "x" ? 0 : -1,
    parameters: new Map([
      ["W", W],
      ["b", b],
    ]),
    lengths: [
      { name: "N, the batch", length: N },
      { name: "D, the inputs", length: D },
      { name: "M, the outputs", length: b.size },
    ],
    right: right as NonNullable<Known["right"]>,
    forOnes: right(ones(dy.shape), x),
  };
}

/** What helps to diagnose a gradient of a network's parameter. */
export function knownOfNetwork(
  name: string,
  { x, dz, parameters }: { x: NDArray; dz: NDArray; parameters: Arrays },
): Known {
  const right = (dz: NDArray): NDArray => new RightNetwork(parameters).gradients(x, dz)[name] as NDArray;
  return {
    dy: dz,
    own: -1,
    lengths: [{ name: "N, the batch", length: dz.size }],
    forOnes: right(ones(dz.shape)),
  };
}

/** The mean loss of logits. */
export function rightLoss(z: NDArray, t: NDArray): NDArray {
  return new BCEWithLogitsLoss().forward(z, t);
}

/** The gradient of the mean loss for the logits. */
export function rightDz(z: NDArray, t: NDArray): NDArray {
  const loss = new BCEWithLogitsLoss();
  loss.forward(z, t);
  return loss.backward();
}

/** chalk's network with these parameters, of any widths. The names are those of the assignment. */
export class RightNetwork {
  readonly #layers: readonly Linear[];
  readonly #net: Sequential;

  constructor(parameters: Arrays) {
    this.#layers = [1, 2, 3, 4].map((k) =>
      rightLinear(parameters[`W${k}`] as NDArray, parameters[`b${k}`] as NDArray),
    );
    this.#net = new Sequential(
      ...this.#layers.flatMap((layer, k) => (k === 0 ? [layer] : [new ReLU(), layer])),
    );
  }

  forward(x: NDArray): NDArray {
    return this.#net.forward(x);
  }

  /** The gradients of W1, b1, … b4 for the gradient dz of the logits of x. */
  gradients(x: NDArray, dz: NDArray): Record<string, NDArray> {
    this.#net.forward(x);
    this.#net.backward(dz);
    return this.#named((layer) => [layer.dWeight as NDArray, layer.dBias as NDArray]);
  }

  /** The losses of some steps of gradient descent, each before its step; and the parameters after them. */
  train(x: NDArray, t: NDArray, lr: number, steps: number): { losses: NDArray; after: Arrays } {
    const loss = new BCEWithLogitsLoss();
    const optimizer = new SGD(this.#net.parameters(), { lr });
    const losses = Array.from({ length: steps }, () => {
      const value = loss.forward(this.#net.forward(x), t).item();
      this.#net.backward(loss.backward());
      optimizer.step();
      return value;
    });
    return { losses: array(losses), after: this.#named((layer) => [layer.weight, layer.bias as NDArray]) };
  }

  #named(both: (layer: Linear) => readonly [NDArray, NDArray]): Record<string, NDArray> {
    const entries = this.#layers.flatMap((layer, k) => {
      const [W, b] = both(layer);
      return [
        [`W${k + 1}`, W.copy()],
        [`b${k + 1}`, b.copy()],
      ];
    });
    return Object.fromEntries(entries);
  }
}
