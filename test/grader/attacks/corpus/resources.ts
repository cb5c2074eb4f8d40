import { type Attack, during, wrong } from "../attack.ts";

/** Time and memory. */
export const resourceAttacks: readonly Attack[] = [
  { name: "an endless loop", aims: "time", text: during("while (true);"), ends: /time/ },
  { name: "a loop of promises", aims: "time", text: "while (true) await null;", ends: /time/ },
  {
    name: "waits for ever",
    aims: "time",
    text: during("Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"),
    ends: /time/,
  },
  {
    name: "a regular expression that explodes",
    aims: "time",
    text: during(`/^(a+)+$/.test("a".repeat(40) + "b")`),
    ends: /time/,
  },
  {
    name: "endless recursion",
    aims: "memory",
    text: during("const f = (): number => 1 + f(); f()"),
    ends: /thrown/,
  },
  {
    name: "typed arrays until it breaks",
    aims: "memory",
    text: during("const kept = []; for (let i = 0; i < 40; i++) kept.push(new Float64Array(2 ** 23))"),
    ends: /thrown|ended/,
  },
  {
    name: "shared memory until it breaks",
    aims: "memory",
    text: during("const kept = []; for (let i = 0; i < 40; i++) kept.push(new SharedArrayBuffer(2 ** 26))"),
    ends: /thrown|ended/,
  },
  {
    name: "WebAssembly memory until it breaks",
    aims: "memory",
    text: during(
      "const kept = []; for (let i = 0; i < 40; i++) kept.push(new (globalThis as any).WebAssembly.Memory({ initial: 1000 }))",
    ),
    ends: /thrown|ended/,
  },
  {
    name: "objects until it breaks",
    aims: "memory",
    text: during("const kept = []; for (;;) kept.push(new Array(1e6).fill(0.5))"),
    ends: /ended|time/,
  },
  {
    name: "an answer of a billion numbers",
    aims: "memory",
    text: `import { broadcastTo, array } from "chalk-and-tape/np";
      export const double = () => broadcastTo(array([1]), [1_000_000_000]); export const shift = double;`,
    ends: /thrown|ended|time|answer/,
  },
  {
    name: "an answer of 100 MB",
    aims: "grader",
    text: `import { zeros } from "chalk-and-tape/np"; export const double = () => zeros([13_000_000]); export const shift = double;`,
    ends: /answer/,
  },
  {
    name: "a source of 20 MB",
    aims: "memory",
    text: `${wrong} /* ${"x".repeat(2e7)} */`,
    ends: /./,
    slow: true,
  },
];
