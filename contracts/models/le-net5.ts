import { type Contract, count, type None, oneOf, optional } from "../../np/internal.ts";
import { type ImageModelOptions, imageOptions } from "./image-model.ts";

export interface LeNet5Options extends ImageModelOptions {
  /** The image's height and width, 28 (padded with 2 zeros on every side) or 32; default 28. */
  readonly size?: 28 | 32;
}

export const LeNet5: Contract<None, LeNet5Options> = {
  name: "LeNet5",
  positional: {},
  options: { ...imageOptions, inChannels: optional(count(), 1), size: optional(oneOf(28, 32), 28) },
};
