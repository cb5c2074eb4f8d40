import { np } from "./contenders/np.mjs";
import { gemm } from "./jobs/gemm.mjs";
import { digits, median } from "./report/statistics.mjs";

const fastest = ["blas", "wasm", "js"].map(np).find(({ absent }) => !absent);
const [product] = gemm;

/**
 * Large products on the fastest engine that is here, in turn with the steps of a job, since a machine's speed changes within minutes: no step is
 * faster than its own products at their rate.
 */
export const yardstick = {
  name: "yardstick",
  absent: null,
  command: () => ({ ...fastest.command(product), settings: { size: product.size } }),
};

/** Milliseconds of a step of so many FLOPs at the yardstick's rate; null where it has none. */
export function limitOf({ flops }, { failed, results }) {
  if (failed || results.length === 0) return null;
  const gflops = median(results.map(({ value }) => value));
  const said = `a product of ${product.size} × ${product.size} by ${fastest.name} in the same rounds, ${digits(gflops)} GFLOP/s`;
  return { ms: flops / (gflops * 1e6), gflops, said };
}
