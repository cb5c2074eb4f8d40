/** Initialisers for a layer's weights, as in torch.nn.init. */

export { calculateGain, type Nonlinearity } from "./calculate-gain.ts";
export { constant } from "./constant.ts";
export { type FanMode, type Fans, fans } from "./fans.ts";
export type { InitOptions } from "./init-options.ts";
export { kaimingNormal } from "./kaiming-normal.ts";
export { type KaimingOptions, kaimingUniform } from "./kaiming-uniform.ts";
export { type OrthogonalOptions, orthogonal } from "./orthogonal.ts";
export { type TruncNormalOptions, truncNormal } from "./trunc-normal.ts";
export { xavierNormal } from "./xavier-normal.ts";
export { type XavierOptions, xavierUniform } from "./xavier-uniform.ts";
