import { expectNumber } from "../checks/numbers.ts";
import { expectCount } from "../checks/shapes.ts";
import type { LayerOptions } from "../layers/options.ts";

/** What every network for images takes. */
export interface ImageModelOptions extends LayerOptions {
  /** How many logits; default 10. */
  readonly numClasses?: number;
  /** Of the image; default 3, of `LeNet5` 1. */
  readonly inChannels?: number;
}

/** What a network takes that also comes slim or wide. */
export interface WidthOptions extends ImageModelOptions {
  /** The factor of all its layers' channels; default 1. */
  readonly width?: number;
}

export interface LeNet5Options extends ImageModelOptions {
  /** The image's height and width, 28 (default; 2 zeros are put around it) or 32. */
  readonly size?: 28 | 32;
}

/** How a shortcut gets from C channels to M: A pads with zeros and has no parameters, B is a 1 × 1 convolution. */
export type Shortcut = "A" | "B";

/** What a block of a network takes. */
export interface StrideOptions extends LayerOptions {
  /** Of the first convolution: 2 halves the image; default 1. */
  readonly stride?: number;
}

export interface BlockOptions extends StrideOptions {
  /** Where x and y have different shapes; default "B". */
  readonly shortcut?: Shortcut;
}

export interface ResNet20Options extends WidthOptions {
  /** Default "A", as in the paper. */
  readonly shortcut?: Shortcut;
}

export interface ResNet18Options extends WidthOptions {
  /** "cifar" (default): 3 × 3 at stride 1, for 32 × 32. "imagenet", torchvision's: 7 × 7 at stride 2, then max pooling. */
  readonly stem?: "cifar" | "imagenet";
}

export interface AlexNetOptions extends WidthOptions {
  /** The share of the units that are dropped before each of the first two linear layers; default 0.5. */
  readonly dropout?: number;
}

export interface CifarNetOptions extends ImageModelOptions {
  /** How many channels each stage gives; default [32, 64, 128]. */
  readonly channels?: readonly number[];
}

export interface MlpOptions<Sizes = readonly number[]> extends LayerOptions {
  /** How many numbers come in, then how many each layer gives; the last are the logits. */
  readonly sizes?: Sizes;
}

/** `channels`, made wider or slimmer by a factor; at least 1. @throws RangeError unless the factor is a number above 0 */
export function widened(where: string, channels: number, width: number): number {
  expectNumber(where, "width", width, width > 0, "a number > 0: the factor of all channels, 1 by default");
  return Math.max(1, Math.round(channels * width));
}

/** @throws RangeError unless there are two sizes or more (exactly `count` where that is given), each a whole number ≥ 1 */
export function expectSizes(where: string, sizes: readonly number[], count?: number): void {
  if (!Array.isArray(sizes) || sizes.length < 2 || (count !== undefined && sizes.length !== count)) {
    const expected = count ? `${count} numbers` : "two numbers or more";
    const remedy = count ? "; DeepMlp has as many layers as you like" : "";
    throw new RangeError(`${where}: sizes is ${JSON.stringify(sizes)}, expected ${expected}${remedy}`);
  }
  for (const [i, size] of sizes.entries()) expectCount(where, `sizes[${i}]`, size);
}

/** @throws RangeError unless there are one to five stages, each of a whole number of channels ≥ 1: 32 × 32 is halved five times at most */
export function expectStages(where: string, channels: readonly number[]): void {
  if (!Array.isArray(channels) || channels.length < 1 || channels.length > 5)
    throw new RangeError(`${where}: channels is ${JSON.stringify(channels)}, expected one to five numbers`);
  for (const [i, count] of channels.entries()) expectCount(where, `channels[${i}]`, count);
}
