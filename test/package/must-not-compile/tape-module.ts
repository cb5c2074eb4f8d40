import { Linear, Module, noGrad, type Params, type Tensor } from "chalk-and-tape/autograd";
import { NDArray } from "chalk-and-tape/np";

// @ts-expect-error: Property 'bias' is missing
export class ForgotParameter extends Module implements Params<"weight" | "bias"> {
  weight: Tensor | null = null;
  forward(x: Tensor): Tensor {
    return x;
  }
}

const layer = new Linear(2, 3);

// @ts-expect-error: Type 'NDArray' is missing the following properties from type 'Tensor'
export const arrayAsTensor: Tensor = layer.forward(NDArray.empty([1, 2], "float64"));

// @ts-expect-error: Property 'backward' does not exist on type 'Linear'
layer.backward();

// @ts-expect-error: Type 'Tensor' is missing the following properties from type 'NDArray'
export const tensorAsArray: NDArray = noGrad(() => layer.weight);
