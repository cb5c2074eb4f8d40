import { type Contract, listOf, type None, optional } from "../../np/internal.ts";
import { type ImageModelOptions, imageOptions } from "./image-model.ts";

export interface CifarNetOptions extends ImageModelOptions {
  /** The output channels of each stage; default [32, 64, 128]. */
  readonly channels?: readonly number[];
}

/** 32 × 32 can be halved at most five times. */
const stages = "one to five whole numbers >= 1, the channels of each stage";

export const CifarNet: Contract<None, CifarNetOptions> = {
  name: "CifarNet",
  positional: {},
  options: {
    ...imageOptions,
    channels: optional(listOf<readonly number[]>(stages, { least: 1 }, { least: 1, most: 5 }), [32, 64, 128]),
  },
};
