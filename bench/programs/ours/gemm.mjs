// How fast this engine multiplies two square float32 matrices, in GFLOP/s.
import { random } from "chalk-and-tape/np";
import { median } from "../../report/statistics.mjs";
import { settings, tell } from "../settings.mjs";
import { inTurns } from "../steps.mjs";

const { size, ...pace } = settings();
const rng = random(1);
const [a, b] = [0, 1].map(() => rng.normal(0, 1, [size, size], { dtype: "float32" }));
const { timed } = await inTurns(() => a.matmul(b), pace);
tell({ value: (2 * size ** 3) / (median(timed.map(({ ms }) => ms)) * 1e6) });
