import type { StateDict } from "../contracts/index.ts";
import { type Random, zeros } from "../np/index.ts";
import { kaimingNormal } from "./kaiming-normal.ts";

/**
 * Reinitialises every convolution of a network, in place: Kaiming's normal distribution by fan-out,
 * so that gradients keep their size on their way back through convolutions and ReLUs; biases are 0.
 * torchvision initialises its ResNets, VGGs and MobileNets this way.
 * @see He et al., "Delving Deep into Rectifiers", ICCV 2015, section 2.2;
 * `torch.nn.init.kaiming_normal_` with mode "fan_out"
 */
export function initConvolutions(state: StateDict, rng: Random): void {
  for (const [key, weight] of Object.entries(state)) {
    if (weight.ndim !== 4) continue;
    const { dtype } = weight;
    weight.copyFrom(kaimingNormal(weight.shape, { rng, dtype, mode: "fanOut", nonlinearity: "relu" }));
    const bias = state[key.replace(/weight$/, "bias")];
    bias?.copyFrom(zeros(bias.shape, { dtype }));
  }
}
