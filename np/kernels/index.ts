import type { NDArray } from "../ndarray.ts";
import type { ConstantSignatures, OpName, Signatures } from "../signatures.ts";
import * as convolution from "./convolution.ts";
import * as elementwise from "./elementwise.ts";
import * as indexing from "./indexing.ts";
import * as joining from "./joining.ts";
import { addmm, matmul } from "./matmul.ts";
import * as movement from "./movement.ts";
import * as reductions from "./reductions.ts";
import * as scans from "./scans.ts";
import { pad, slice, unslice } from "./slicing.ts";
import * as softmax from "./softmax.ts";
import { argsort } from "./sorting.ts";
import * as statistics from "./statistics.ts";
import { tril, triu } from "./triangles.ts";
import { argmaxPool, col2im, im2col, maxPool2d, maxUnpool2d } from "./windows.ts";

export { setElements } from "./setting.ts";

/**
 * Every primitive's implementation on arrays. A missing one, or one with the wrong arguments, does
 * not compile.
 */
export type Kernels = { readonly [K in OpName]: (...args: Signatures<NDArray>[K]) => NDArray } & {
  readonly [K in keyof ConstantSignatures<NDArray>]: (...args: ConstantSignatures<NDArray>[K]) => NDArray;
};

export const kernels: Kernels = {
  ...elementwise,
  ...reductions,
  ...scans,
  ...softmax,
  ...statistics,
  ...movement,
  ...indexing,
  ...joining,
  ...convolution,
  matmul,
  argsort,
  tril,
  triu,
  addmm,
  argmaxPool,
  col2im,
  im2col,
  maxPool2d,
  maxUnpool2d,
  pad,
  slice,
  unslice,
};
