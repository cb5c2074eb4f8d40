import { Layer, Linear, type Params } from "chalk-and-tape/manual";
import type { NDArray } from "chalk-and-tape/np";

abstract class Identity extends Layer {
  forward(x: NDArray): NDArray {
    return x;
  }
  backward(dy: NDArray): NDArray {
    return dy;
  }
}

// @ts-expect-error: Property 'dBias' is missing
export class ForgotGradient extends Identity implements Params<"weight" | "bias"> {
  weight: NDArray | null = null;
  bias: NDArray | null = null;
  dWeight: NDArray | null = null;
}

// @ts-expect-error: Property 'bias' is missing
export class ForgotParameter extends Identity implements Params<"weight" | "bias"> {
  weight: NDArray | null = null;
  dWeight: NDArray | null = null;
  dBias: NDArray | null = null;
}

// @ts-expect-error: does not implement inherited abstract member backward
export class ForgotBackward extends Layer {
  forward(x: NDArray): NDArray {
    return x;
  }
}

// @ts-expect-error: Expected 2-3 arguments, but got 1
export const oneSize: Linear = new Linear(2);
