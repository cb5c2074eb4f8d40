// `chalk-and-tape gradcheck Mlp --json`, a process from start to end, in microseconds a parameter.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { tell } from "../settings.mjs";

const bin = fileURLToPath(new URL("../../../bin/chalk-and-tape.js", import.meta.url));
const start = performance.now();
const output = execFileSync(process.execPath, [bin, "gradcheck", "Mlp", "--json"], { encoding: "utf8" });
const seconds = (performance.now() - start) / 1000;
const { rows, failed } = JSON.parse(output);
if (failed > 0) throw new Error(`${failed} checks failed`);
// Beside the network as it is there are rows of a smaller one.
const checked = rows.filter((row) => /every one/.test(row.case) && /weight|bias/.test(row.quantity));
const parameters = checked.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n), 0);
tell({ value: (1e6 * seconds) / parameters, parts: { seconds, parameters } });
