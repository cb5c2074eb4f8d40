import { describe, expectArgument, functionOf } from "../np/internal.ts";

/** How often is measured, and for how many seconds at least. */
const [rounds, turn] = [7, 0.01];

const aFunction = functionOf<() => unknown>("a function without arguments, such as () => a.matmul(b)");

/**
 * The seconds of one call. It calls `run` until 10 ms have passed, seven times over, and returns the
 * shortest average: other programs only lengthen a time. One call before that does not count.
 * @throws TypeError for anything but a function, and for an async one, whose work ends later
 * @see https://docs.python.org/3/library/timeit.html
 * @example timeit(() => Math.sqrt(2)) < 0.01 // true
 */
export function timeit(run: () => unknown): number {
  expectArgument("timeit", "run", aFunction, run);
  const first = run();
  if (first instanceof Promise)
    throw new TypeError(`timeit: run returned ${describe(first)}; give it a function that is not async`);
  let shortest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    let calls = 0;
    let seconds = 0;
    while (seconds < turn) {
      run();
      calls += 1;
      seconds = (performance.now() - start) / 1000;
    }
    shortest = Math.min(shortest, seconds / calls);
  }
  return shortest;
}
