import type { Engine } from "../../engine.ts";
import { columnsSize } from "../../window-geometry.ts";
import { convolve } from "./convolve.ts";
import { assign, binary, fused, unary, where } from "./elementwise.ts";
import { gemm } from "./gemm.ts";
import { gemmBatch } from "./gemm-batch.ts";
import { col2im, im2col } from "./im2col.ts";
import { allocate, reserve } from "./memory.ts";
import { reduce } from "./reduce.ts";
import { scatter } from "./scatter.ts";
import { softmaxCrossEntropy, softmaxMinus } from "./softmax.ts";
import { comoments, moments, sumProducts } from "./sums.ts";
import { addInPlace, updates } from "./update.ts";
import { columnsIn, largest, unpool } from "./windows.ts";

/** The reference engine: ndarray-ops for element-wise work, register-tiled loops for gemm. No dependency on the host. */
export const jsEngine: Engine = {
  name: "js",
  allocate,
  reserve,
  assign,
  unary,
  binary,
  fused,
  where,
  sumProducts,
  moments,
  comoments,
  reduce,
  softmaxCrossEntropy,
  softmaxMinus,
  gemm,
  gemmBatch,
  columns: (dtype, geometry) => columnsIn(allocate(dtype, columnsSize(geometry)), geometry),
  im2col,
  col2im,
  convolve,
  largest,
  unpool,
  scatter,
  addInPlace,
  updates,
};
