/**
 * A grader as courses have it: it compares in the process of the submission, and its caller reads the
 * exit code and stdout. The attacks that call it their control win against it.
 * `node naive.js submission.mjs np.js`
 */
import { pathToFileURL } from "node:url";

const [, , submission = "", np = ""] = process.argv;
const { array } = await import(pathToFileURL(np).href);
const x = array([1, -2, 3, 0.5]);
const { double, shift } = await import(pathToFileURL(submission).href);
compare("double", double(x).tolist(), [2, -4, 6, 1]);
compare("shift", shift(x).tolist(), [4, 1, 6, 3.5]);

function compare(name: string, found: readonly number[], expected: readonly number[]): void {
  const agrees = found.every((value, i) => Math.abs(value - (expected[i] as number)) < 1e-9);
  if (!agrees) console.log(`failed: ${name}`);
}
