import { type SoftmaxMethods, softmaxBy } from "../js/softmax.ts";
import { type FlatMemory, pieceLength, worthCopying } from "./flat-memory.ts";

/** The base's, with exponentials two at once in the kernels' memory; the base computes what is small, and rows longer than a piece. */
export function softmaxIn(memory: FlatMemory, base: SoftmaxMethods): SoftmaxMethods {
  const areaOf = (area: number): Float64Array => {
    const start = memory.at(area) / 8;
    return memory.seenAs(new Float64Array(0)).subarray(start, start + pieceLength) as Float64Array;
  };
  const [e, z] = [areaOf(0), areaOf(1)];
  const exp = (n: number): void => memory.float64.unary(0, n, memory.at(0), memory.at(1), memory.expTable);
  const quick = softmaxBy(() => ({ z, e, exp }));
  const methodsFor = (size: number, length: number): SoftmaxMethods =>
    size >= worthCopying && length <= pieceLength ? quick : base;
  return {
    softmaxCrossEntropy(out, x, t, length) {
      methodsFor(x.length, length).softmaxCrossEntropy(out, x, t, length);
    },
    softmaxMinus(out, x, t, scale, length) {
      methodsFor(x.length, length).softmaxMinus(out, x, t, scale, length);
    },
  };
}
