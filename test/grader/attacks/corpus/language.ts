import { type Attack, during, wrong, wrongAnswer } from "../attack.ts";

/** Changes to the language that a grader in the same process would use to compare. */
export const languageAttacks: readonly Attack[] = [
  {
    name: "Math.abs is 0",
    aims: "grader",
    text: `Math.abs = () => 0; ${wrong}`,
    ends: wrongAnswer,
    control: "naive",
  },
  {
    name: "every is true",
    aims: "grader",
    text: `Array.prototype.every = (() => true) as any; ${wrong}`,
    ends: wrongAnswer,
    control: "naive",
  },
  {
    name: "no failure is printed",
    aims: "grader",
    text: `console.log = () => {}; process.stdout.write = (() => true) as any; ${wrong}`,
    ends: wrongAnswer,
    control: "naive",
  },
  {
    name: "no random numbers",
    aims: "grader",
    text: `Math.random = () => 0; export const double = (x: any) => x.mul(0); export const shift = () => 0;`,
    ends: wrongAnswer,
  },
  {
    name: "patches NDArray",
    aims: "grader",
    text: `import { NDArray } from "chalk-and-tape/np";
      const zero = () => new Float64Array(4);
      for (const name of ["flat", "tolist", "item", "equal", "sub"]) (NDArray.prototype as any)[name] = zero; ${wrong}`,
    ends: wrongAnswer,
  },
  {
    name: "everything is an NDArray",
    aims: "grader",
    text: `import { NDArray } from "chalk-and-tape/np";
      Object.defineProperty(NDArray, Symbol.hasInstance, { value: () => true });
      const fake = { shape: [4], flat: () => ({ length: 4, 0: "a", 1: {}, 2: [], 3: null }) };
      export const double = () => fake; export const shift = () => fake;`,
    ends: /ended/,
  },
  {
    name: "toJSON for everybody",
    aims: "grader",
    text: `(Object.prototype as any).toJSON = function () {
        return this.kind ? { kind: "passed", text: "double shift", shapes: [], score: 2, share: 1 } : this;
      }; ${wrong}`,
    ends: /not loaded/,
  },
  {
    name: "pollutes Object.prototype",
    aims: "grader",
    text: `Object.assign(Object.prototype, { share: 1, state: "passed", points: 100, y: 1 }); ${wrong}`,
    ends: wrongAnswer,
  },
  {
    name: "an array that changes while it is read",
    aims: "grader",
    text: `export const double = (x: any) => new Proxy(x, { get: (on, name) => name === "shape" ? [Math.floor(10 * Math.random())] : Reflect.get(on, name, on) });
      export const shift = double;`,
    ends: /factor|shape|unknown|answer/,
  },
  {
    name: "a getter instead of numbers",
    aims: "grader",
    text: `const sly = { get shape(): number[] { throw new Error("read") }, valueOf: () => 1, toString: () => "1" };
      export const double = () => sly; export const shift = () => sly;`,
    ends: /thrown/,
  },
  {
    name: "gives the input back",
    aims: "grader",
    text: "export const double = (x: any) => x; export const shift = (x: any) => x;",
    ends: wrongAnswer,
  },
  {
    name: "one buffer for two answers",
    aims: "grader",
    text: `let kept: any; export const double = (x: any) => kept ??= x.mul(5); export const shift = () => kept;`,
    ends: wrongAnswer,
  },
  {
    name: "NaN is equal to nothing and to everything",
    aims: "grader",
    text: `export const double = (x: any) => x.mul(NaN); export const shift = (x: any) => x.mul(Infinity).sub(Infinity);`,
    ends: wrongAnswer,
  },
  {
    name: "a promise",
    aims: "grader",
    text: "export const double = async (x: any) => x.mul(2); export const shift = async (x: any) => x.add(3);",
    ends: /thrown/,
  },
  {
    name: "throws an object that is not an Error",
    aims: "grader",
    text: during(`throw { toString() { throw new Error("again") }, get stack() { process.exit(0) } }`),
    ends: /thrown/,
  },
  {
    name: "an error of 50 MB",
    aims: "grader",
    text: during(`throw new Error("x".repeat(5e7))`),
    ends: /thrown/,
  },
  {
    name: "a stack trace that runs code",
    aims: "grader",
    text: `Error.prepareStackTrace = () => { while (true); }; ${during("throw new Error('read my stack')")}`,
    ends: /time/,
  },
  {
    name: "an error that looks like a pass",
    aims: "grader",
    text: during(
      `throw Object.assign(new Error("\\u001b[2J\\u001b[32mpassed <script>alert(1)</script>"), { name: "passed" })`,
    ),
    ends: /thrown/,
  },
  {
    name: "a function from another world",
    aims: "Node's --permission",
    text: `import vm from "node:vm";
      ${during(`const world = vm.runInNewContext("this.constructor.constructor('return process')()"); world.mainModule.require("fs").writeFileSync(target.marker, "")`)}`,
    ends: /thrown/,
  },
];
