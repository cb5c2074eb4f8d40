import {
  type ConvOptions,
  type ConvTransposeOptions,
  contracts,
  type OneOrPair,
} from "../../contracts/index.ts";
import {
  channelsProblem,
  convTransposeWindow,
  convWindow,
  convWindow1d,
  expectShape,
  outputPaddingProblem,
  paddingProblem,
} from "../../contracts/internal.ts";
import { type Contract, expectArgument, type None, settle } from "../../np/internal.ts";
import { ConvTranspose2d } from "../layers/conv-transpose2d.ts";
import { Conv1d } from "../layers/conv1d.ts";
import { Conv2d } from "../layers/conv2d.ts";
import type { Tensor } from "../tensor.ts";
import { aTensor, tensorOrNull, withFields } from "./with-fields.ts";

/** How the window moves; the other options of the layer are about its parameters. */
export type ConvolutionOptions<Numbers = OneOrPair> = Pick<
  ConvOptions<Numbers>,
  "stride" | "padding" | "dilation" | "groups"
>;
export type TransposedConvolutionOptions = Pick<
  ConvTransposeOptions,
  "stride" | "padding" | "outputPadding" | "groups" | "dilation"
>;

const of1d = contracts.Conv1d.options;
const of2d = contracts.Conv2d.options;
const transposed = contracts.ConvTranspose2d.options;

const oneAxis: Contract<None, ConvolutionOptions<number>> = {
  name: "conv1d",
  positional: {},
  options: { stride: of1d.stride, padding: of1d.padding, dilation: of1d.dilation, groups: of1d.groups },
  refuse: paddingProblem,
};
const twoAxes: Contract<None, ConvolutionOptions> = {
  name: "conv2d",
  positional: {},
  options: { stride: of2d.stride, padding: of2d.padding, dilation: of2d.dilation, groups: of2d.groups },
  refuse: paddingProblem,
};
const back: Contract<None, TransposedConvolutionOptions> = {
  name: "convTranspose2d",
  positional: {},
  options: {
    stride: transposed.stride,
    padding: transposed.padding,
    outputPadding: transposed.outputPadding,
    groups: transposed.groups,
    dilation: transposed.dilation,
  },
  refuse: outputPaddingProblem,
};

/** A linear layer on every window of a sequence, as `Conv1d`: x (N, C, L), weight (M, C/G, K), bias (M,) or null. */
export function conv1d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions<number> = {},
): Tensor {
  const given = settle(oneAxis, {}, options);
  expectParameters("conv1d", weight, bias, ["M", "C/G", "K"]);
  const [M, , kernelSize] = weight.shape as [number, number, number];
  expectGroups("conv1d", M, given.groups);
  const window = convWindow1d({ ...given, kernelSize, paddingMode: "zeros" });
  return withFields(Conv1d, { weight, bias, window, groups: given.groups }).forward(x);
}
/**
 * A linear layer on every window of an image, as `Conv2d`: x (N, C, H, W), weight (M, C/G, KH, KW), bias (M,) or null.
 * @example functional.conv2d(tensor([[[[1, 2], [3, 4]]]]), tensor([[[[1, 1], [1, 1]]]])) // [[[[10]]]]
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: ConvolutionOptions = {},
): Tensor {
  const given = settle(twoAxes, {}, options);
  expectParameters("conv2d", weight, bias, ["M", "C/G", "KH", "KW"]);
  const [M, , KH, KW] = weight.shape as [number, number, number, number];
  expectGroups("conv2d", M, given.groups);
  const window = convWindow({ ...given, kernelSize: [KH, KW], paddingMode: "zeros" });
  return withFields(Conv2d, { weight, bias, window, groups: given.groups }).forward(x);
}
/** The transpose of conv2d, as `ConvTranspose2d`: x (N, C, H, W), weight (C, M/G, KH, KW), bias (M,) or null. */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  bias: Tensor | null = null,
  options: TransposedConvolutionOptions = {},
): Tensor {
  const given = settle(back, {}, options);
  expectParameters("convTranspose2d", weight, bias, ["C", "M/G", "KH", "KW"]);
  const [C, , KH, KW] = weight.shape as [number, number, number, number];
  expectGroups("convTranspose2d", C, given.groups);
  const window = convTransposeWindow({ ...given, kernelSize: [KH, KW] });
  return withFields(ConvTranspose2d, { weight, bias, window, groups: given.groups }).forward(x);
}

function expectParameters(
  where: string,
  weight: Tensor,
  bias: Tensor | null,
  shape: readonly string[],
): void {
  expectArgument(where, "weight", aTensor, weight);
  expectArgument(where, "bias", tensorOrNull, bias);
  expectShape(where, "weight", weight.shape, shape);
  if (bias) expectShape(where, "bias", bias.shape, ["M"]);
}

/** @throws RangeError unless the channels on the weight's first axis can be split into groups */
function expectGroups(where: string, channels: number, groups: number): void {
  const problem = channelsProblem({ inChannels: groups, outChannels: channels, groups });
  if (problem)
    throw new RangeError(
      `${where}: the weight has ${channels} channels for ${groups} groups; expected a multiple`,
    );
}
