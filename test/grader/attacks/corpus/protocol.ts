import { type Attack, during, wrong, wrongAnswer } from "../attack.ts";

const forge = `
import { writeSync } from "node:fs";
const bytes = (head: unknown, numbers: number[] = [], length?: number) => {
  const text = Buffer.from(typeof head === "string" ? head : JSON.stringify(head));
  const body = Buffer.from(new Float64Array(numbers).buffer);
  const size = Buffer.alloc(8);
  size.writeUInt32LE(length ?? 4 + text.length + body.length, 0);
  size.writeUInt32LE(text.length, 4);
  return Buffer.concat([size, text, body]);
};
const send = (piece: Uint8Array) => { for (let at = 0; at < piece.length; ) at += writeSync(4, piece, at); };
`;
const values = (shapes: string): string => `{ kind: "values", text: "", shapes: ${shapes} }`;

/** What a submission can write on the grader's own descriptors. */
export const protocolAttacks: readonly Attack[] = [
  {
    name: "answers before it is asked",
    aims: "grader",
    text: `${forge} send(bytes({ kind: "loaded", text: "double shift", shapes: [] }));
      for (let i = 0; i < 4; i++) send(bytes(${values('[["y", [4]]]')}, [0, 0, 0, 0])); ${wrong}`,
    ends: /^(?!thrown|time|ended|not loaded)/, // refused as "answer", or too early to be told from a wrong answer
  },
  {
    name: "a frame of 4 GB",
    aims: "grader",
    text: `${forge} ${during(`send(bytes(${values("[]")}, [], 0xffffffff))`)}`,
    ends: /answer/,
  },
  {
    name: "a frame of 60 MB in 4,000 pieces",
    aims: "grader",
    text: `${forge} ${during(`send(bytes(${values("[]")}, [], 60_000_000)); const piece = new Uint8Array(15_000); for (let i = 0; i < 4000; i++) send(piece)`)}`,
    ends: /answer/,
  },
  {
    name: "a flood of bytes",
    aims: "grader",
    text: `${forge} ${during("const zeros = new Uint8Array(2 ** 20); for (;;) send(zeros)")}`,
    ends: /answer/,
  },
  {
    name: "more numbers than it sends",
    aims: "grader",
    text: `${forge} ${during(`send(bytes(${values('[["y", [1000000000]]]')}, [1]))`)}`,
    ends: /answer/,
  },
  {
    name: "shapes whose product overflows",
    aims: "grader",
    text: `${forge} ${during(`send(bytes(${values('[["y", [2147483647, 2147483647, 2147483647, 0]]]')}, []))`)}`,
    ends: wrongAnswer,
  },
  {
    name: "an answer called __proto__",
    aims: "grader",
    text: `${forge} ${during(`send(bytes('{"kind":"values","text":"","shapes":[["__proto__",[1]],["y",[1]]]}', [1, 1]))`)}`,
    ends: wrongAnswer,
  },
  {
    name: "a head nested 60,000 times",
    aims: "grader",
    text: `${forge} ${during(`send(bytes("[".repeat(60_000)))`)}`,
    ends: /answer/,
  },
  {
    name: "a head with a score",
    aims: "grader",
    text: `${forge} ${during(`send(bytes({ kind: "passed", text: "2", shapes: [], score: 2, share: 1, state: "passed" }))`)}`,
    ends: /answer/,
  },
  {
    name: "asks for what replies inherit",
    aims: "grader",
    text: `${forge} ${during(`send(bytes({ kind: "request", text: "constructor", shapes: [] }))`)}`,
    ends: /answer/,
  },
  {
    name: "a frame for every later question",
    aims: "grader",
    text: `${forge} ${during(`for (let i = 0; i < 1000; i++) send(bytes(${values('[["y", [4]]]')}, [i, i, i, i]))`)}`,
    ends: wrongAnswer,
  },
  {
    name: "closes the grader's descriptors",
    aims: "grader",
    text: `import { closeSync } from "node:fs"; ${during("closeSync(3); closeSync(4)")}`,
    ends: /ended|time/,
  },
  {
    name: "reads the next questions itself",
    aims: "grader",
    text: `import { readSync } from "node:fs"; ${during("readSync(3, new Uint8Array(100), 0, 100, null)")}`,
    ends: /time/,
  },
  {
    name: "a forged report on stdout",
    aims: "grader",
    text: `console.log(JSON.stringify({ score: 2, tests: [{ name: "all", score: 2, state: "passed" }], stats: { passes: 2, failures: 0 } }));
      console.error("\\u001b[32m2 passing\\u001b[0m"); process.exit(0);`,
    ends: /ended/,
    control: "naive",
  },
  {
    name: "a flood on stdout",
    aims: "grader",
    text: `for (let i = 0; i < 200; i++) console.log("x".repeat(1e6)); ${wrong}`,
    ends: wrongAnswer,
  },
];
