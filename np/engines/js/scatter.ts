import type { Engine } from "../../engine.ts";

export const scatter: Engine["scatter"] = (out, x, indices, outer, length, n, inner) => {
  out.fill(0);
  let from = 0;
  for (let start = 0; start < outer * n * inner; start += n * inner) {
    if (inner === 1) {
      for (const end = from + length; from < end; from++) {
        const at = start + (indices[from] as number);
        out[at] = (out[at] as number) + (x[from] as number);
      }
      continue;
    }
    for (let l = 0; l < length; l++) {
      for (let j = start; j < start + inner; j++, from++) {
        const at = j + (indices[from] as number) * inner;
        out[at] = (out[at] as number) + (x[from] as number);
      }
    }
  }
};
