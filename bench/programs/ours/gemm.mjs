// How fast this engine multiplies two square float32 matrices, in GFLOP/s.
import { random } from "chalk-and-tape/np";
import { median } from "../../report/statistics.mjs";
import { settings, tell } from "../settings.mjs";

const { size, warmUpMs, minSteps, measureMs } = settings();
const rng = random(1);
const [a, b] = [0, 1].map(() => rng.normal(0, 1, [size, size], { dtype: "float32" }));
function times(atLeast, ms) {
  const found = [];
  const start = performance.now();
  while (found.length < atLeast || performance.now() - start < ms) {
    const before = performance.now();
    a.matmul(b);
    found.push(performance.now() - before);
  }
  return found;
}
times(1, warmUpMs);
tell({ value: (2 * size ** 3) / (median(times(minSteps, measureMs)) * 1e6) });
