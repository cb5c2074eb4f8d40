import { type Contract, count, type None, oneOf, optional } from "../../np/internal.ts";
import { type ImageModelOptions, imageOptions } from "./image-model.ts";

export interface LeNet5Options extends ImageModelOptions {
  /** The image's height and width, 28 (2 zeros are put around it) or 32; default 28. */
  readonly size?: 28 | 32;
}

export const LeNet5: Contract<None, LeNet5Options> = {
  name: "LeNet5",
  positional: {},
  options: { ...imageOptions, inChannels: optional(count(), 1), size: optional(oneOf(28, 32), 28) },
};
