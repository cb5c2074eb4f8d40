import {
  type Contract,
  count,
  type None,
  number,
  type Option,
  type OptionTable,
  optional,
  share,
} from "../../np/internal.ts";
import { type LayerOptions, weightOptions } from "../checks/weights.ts";

/** The options of every network for images. */
export interface ImageModelOptions extends LayerOptions {
  /** The number of logits; default 10. */
  readonly numClasses?: number;
  /** The channels of the image; default 3, for `LeNet5` 1. */
  readonly inChannels?: number;
}

/** The options of a network that also comes slim or wide. */
export interface WidthOptions extends ImageModelOptions {
  /** The factor for the channels of all layers; default 1. */
  readonly width?: number;
}

export const imageOptions: OptionTable<ImageModelOptions> = {
  numClasses: optional(count(), 10),
  inChannels: optional(count(), 3),
  ...weightOptions,
};

const width: Option<number> = optional(number({ above: 0 }, ": the factor of all channels, 1 by default"), 1);

export const widthOptions: OptionTable<WidthOptions> = { ...imageOptions, width };

/** `channels` times a factor, rounded; at least 1. */
export function widened(channels: number, factor: number): number {
  return Math.max(1, Math.round(channels * factor));
}

export const MobileNet: Contract<None, WidthOptions> = {
  name: "MobileNet",
  positional: {},
  options: widthOptions,
};

export const Vgg11: Contract<None, WidthOptions> = { name: "Vgg11", positional: {}, options: widthOptions };

export interface AlexNetOptions extends WidthOptions {
  /** The share of units dropped before each of the first two linear layers; default 0.5. */
  readonly dropout?: number;
}

export const AlexNet: Contract<None, AlexNetOptions> = {
  name: "AlexNet",
  positional: {},
  options: { ...widthOptions, dropout: share(0.5) },
};
