import { type Module, Tensor } from "../autograd/index.ts";
import type { Subject } from "../gradcheck/index.ts";
import type { Layer } from "../manual/index.ts";
import type { NDArray } from "../np/index.ts";

/** A layer or loss of any number of inputs. */
export type AnyLayer = Layer<readonly NDArray[], NDArray | null>;
/** A module or loss of a tensor and any number of constants. */
export type AnyModule = Module<readonly [x: Tensor, ...constants: NDArray[]]>;

/** The dy of a scalar loss that nobody chose: 1. */
function upstream(y: NDArray, dy: NDArray | null): NDArray {
  return dy ?? y.mul(0).add(1);
}

/** Chalk: forward, then backward by hand. */
export function chalk(layer: AnyLayer): Subject {
  return {
    parameters: new Map(layer.parameters().map((p) => [p.name, p.value])),
    forward: (...inputs) => layer.forward(...inputs),
    gradients(dy, ...inputs) {
      // No zeroGrad: backward assigns. One that adds to what is there gives other numbers the second time.
      const y = layer.forward(...inputs);
      const dx = layer.backward(upstream(y, dy));
      const gradients = new Map(
        layer.parameters().flatMap((p) => (p.gradient ? [[p.name, p.gradient]] : [])),
      );
      if (dx) gradients.set("x", dx);
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
