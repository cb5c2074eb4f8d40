import { type Module, Tensor } from "../autograd/index.ts";
import { described, type Subject } from "../gradcheck/index.ts";
import type { Layer } from "../manual/index.ts";
import { NDArray } from "../np/index.ts";

/** A layer or loss of any number of inputs. */
export type AnyLayer = Layer<readonly NDArray[], NDArray | null>;
/** A module or loss of a tensor and any number of constants. */
export type AnyModule = Module<readonly [x: Tensor, ...constants: NDArray[]]>;

/** The dy of a scalar loss that nobody chose: 1. */
function upstream(y: NDArray, dy: NDArray | null): NDArray {
  return dy ?? y.mul(0).add(1);
}

/** A student's class may return anything; what is no array is said to be none before something far away stumbles over it. */
function expectNDArray(layer: AnyLayer, what: string, value: unknown): void {
  if (value instanceof NDArray) return;
  const remedy =
    value instanceof Tensor
      ? "chalk computes with NDArrays"
      : "return an NDArray; mean() and sum() are ones without .item()";
  throw new TypeError(
    `${layer.constructor.name}.${what} is ${described(value)}, expected an NDArray: ${remedy}`,
  );
}

/** Chalk: forward, then backward by hand. */
export function chalk(layer: AnyLayer): Subject {
  if (typeof layer.parameters !== "function")
    throw new TypeError(`${layer.constructor.name} has no parameters(): a class for chalk extends Layer`);
  const parameters = new Map(layer.parameters().map((p) => [p.name, p.value]));
  return {
    parameters,
    forward(...inputs) {
      const y = layer.forward(...inputs);
      expectNDArray(layer, "forward(…)", y);
      return y;
    },
    gradients(dy, ...inputs) {
      // No zeroGrad: backward assigns. One that adds to what is there gives other numbers the second time.
      const y = this.forward(...inputs);
      const dx = layer.backward(upstream(y, dy));
      for (const { name, value } of layer.parameters()) {
        if (value === parameters.get(name)) continue;
        throw new TypeError(
          `${layer.constructor.name}: forward or backward put another array in the place of ${name}; leave parameters as they are, the optimizer changes them`,
        );
      }
      const found = new Map(layer.parameters().flatMap((p) => (p.gradient ? [[p.name, p.gradient]] : [])));
      if (dx) found.set("x", dx);
      for (const [name, gradient] of found)
        expectNDArray(layer, `backward: the gradient of ${name}`, gradient);
      // Copies: backward may write into the same memory every time.
      const gradients = new Map([...found].map(([name, gradient]) => [name, gradient.copy()]));
      return { y, gradients };
    },
  };
}

/** Tape: forward, then backward by the tape. */
export function tape(module: AnyModule): Subject {
  return {
    parameters: new Map(module.namedParameters().map(([name, p]) => [name, p.data])),
    forward: (...inputs) => {
      const [x, ...constants] = inputs as [NDArray, ...NDArray[]];
      return module.forward(new Tensor(x), ...constants).data;
    },
    gradients(dy, ...inputs) {
      const [x, ...constants] = inputs as [NDArray, ...NDArray[]];
      module.zeroGrad();
      const input = new Tensor(x, true);
      const y = module.forward(input, ...constants);
      y.backward(upstream(y.data, dy));
      const named = module
        .namedParameters()
        .flatMap(([name, p]): [string, NDArray][] => (p.grad ? [[name, p.grad.data]] : []));
      const gradients = new Map(named);
      if (input.grad) gradients.set("x", input.grad.data);
      return { y: y.data, gradients };
    },
  };
}
