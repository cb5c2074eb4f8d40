import type { TypedArray } from "../../../dtype.ts";
import type { UpdateSignatures } from "../../../update-signatures.ts";

type Rest = UpdateSignatures<TypedArray>["rprop"];

export function rprop(
  p: TypedArray,
  g: TypedArray,
  ...[{ previous, size }, { etas, stepSizes }]: Rest
): void {
  const [[less, more], [least, most]] = [etas, stepSizes];
  for (let i = 0; i < p.length; i++) {
    const slope = g[i] as number;
    previous[i] = slope * (previous[i] as number);
    const agreement = previous[i] as number; // rounded to the dtype: 0 for tiny slopes
    const scale = agreement > 0 ? more : agreement < 0 ? less : 1;
    const step = Math.min(Math.max((size[i] as number) * scale, least), most);
    const kept = agreement < 0 ? 0 : slope;
    previous[i] = kept;
    size[i] = step;
    p[i] = (p[i] as number) - Math.sign(kept) * step;
  }
}
