import { type Contract, count, type None, type Option, oneOf, optional } from "../../np/internal.ts";
import { type LayerOptions, weightOptions } from "../checks/weights.ts";
import { type WidthOptions, widthOptions } from "./image-model.ts";

/** How a shortcut gets from C channels to M: A pads with zeros and has no parameters, B is a 1 × 1 convolution. */
export type Shortcut = "A" | "B";

/** The options of a block of a network. */
export interface StrideOptions extends LayerOptions {
  /** The stride of the first convolution; 2 halves the image; default 1. */
  readonly stride?: number;
}

export interface BlockOptions extends StrideOptions {
  /** The shortcut for x and y of different shapes; default "B". */
  readonly shortcut?: Shortcut;
}

export interface ResNet20Options extends WidthOptions {
  /** The shortcut where a stage changes the shape; default "A", as in the paper. */
  readonly shortcut?: Shortcut;
}

export interface ResNet18Options extends WidthOptions {
  /** "cifar": 3 × 3 at stride 1, for 32 × 32. "imagenet", torchvision's: 7 × 7 at stride 2, then max pooling. Default "cifar". */
  readonly stem?: "cifar" | "imagenet";
}

const shortcut = (initial: Shortcut): Option<Shortcut> => optional(oneOf("A", "B"), initial);

export const BasicBlock: Contract<{ inChannels: number; outChannels: number }, BlockOptions> = {
  name: "BasicBlock",
  positional: { inChannels: count(), outChannels: count() },
  options: { stride: optional(count(), 1), shortcut: shortcut("B"), ...weightOptions },
};

/** MobileNet's block. */
export const DepthwiseSeparable: Contract<{ inChannels: number; outChannels: number }, StrideOptions> = {
  name: "DepthwiseSeparable",
  positional: { inChannels: count(), outChannels: count() },
  options: { stride: optional(count(), 1), ...weightOptions },
};

export const ResNet20: Contract<None, ResNet20Options> = {
  name: "ResNet20",
  positional: {},
  options: { ...widthOptions, shortcut: shortcut("A") },
};

export const ResNet18: Contract<None, ResNet18Options> = {
  name: "ResNet18",
  positional: {},
  options: { ...widthOptions, stem: optional(oneOf("cifar", "imagenet"), "cifar") },
};
