/** Ranks that end in different ways, one of them before the others; the first argument names the way. */
import { distributed } from "chalk-and-tape/distributed";

const ranks = distributed();
const [way] = process.argv.slice(2);
const isOdd = ranks.rank === 1;
const numbers = new Float64Array(3).fill(1);
ranks.sum(numbers);

const ways: Record<string, () => void> = {
  throws: () => {
    throw new TypeError("the odd one fails");
  },
  rejects: () => void Promise.reject(new RangeError("a promise fails")),
  "process.exit(3)": () => process.exit(3),
  "exit code 3": () => {
    process.exitCode = 3;
  },
  killed: () => process.kill(process.pid, "SIGKILL"),
  terminated: () => process.kill(process.pid, "SIGTERM"),
  "handles SIGTERM": () => {
    process.on("SIGTERM", () => process.exit(143));
    process.kill(process.pid, "SIGTERM");
    setInterval(() => undefined, 1000);
  },
  "ends early": () => undefined,
  "never settles": () => undefined,
  "other length": () => ranks.sum(new Float64Array(4)),
  "other call": () => ranks.barrier(),
};

if (way === "all well") console.log(`${ranks} ends`);
else if (way === "finish, then code 5") {
  ranks.finish();
  ranks.finish();
  try {
    ranks.sum(numbers);
  } catch (error) {
    console.log((error as Error).message);
  }
  process.exitCode = 5;
} else if (isOdd) {
  ways[way ?? ""]?.();
  if (way === "never settles") await new Promise(() => undefined);
} else ranks.sum(numbers); // waits for the odd one
