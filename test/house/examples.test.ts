import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as classroom from "chalk-and-tape/classroom";
import * as datasets from "chalk-and-tape/datasets";
import * as distributed from "chalk-and-tape/distributed";
import * as gradcheck from "chalk-and-tape/gradcheck";
import * as manual from "chalk-and-tape/manual";
import * as np from "chalk-and-tape/np";
import * as plots from "chalk-and-tape/plots";
import * as studies from "chalk-and-tape/studies";
import { exampleProblems, examplesOf } from "./examples.ts";
import { mayImport } from "./layering.ts";
import { sources } from "./source.ts";

/** What an example may use without importing it: its own room comes first. */
const tape = { ...datasets, ...gradcheck, ...autograd, ...np };
const names = (path: string): Record<string, unknown> => {
  const rooms = { autograd, datasets, manual, np };
  const own: Readonly<Record<string, object>> = {
    manual,
    plots,
    studies,
    classroom: { ...rooms, ...classroom },
    distributed,
  };
  return { ...tape, ...own[path.split("/")[0] ?? ""] };
};

// biome-ignore format: one room a line
const metFirst = [
  "array", "zeros", "ones", "full", "arange", "linspace", "eye", "oneHot", "random",
  "exp", "log", "sqrt", "abs", "sigmoid", "tanh", "maximum", "where", "logsumexp", "logSoftmax", "gather", "pad", "concatenate", "stack",
  "add", "mul", "greater", "sum", "mean", "max", "argmax", "matmul", "T", "transpose", "reshape", "slice", "set",
  "tensor", "backward", "noGrad", "grad", "op", "train", "DataLoader", "gradcheck",
];

describe("examples in doc comments", () => {
  const examples = Object.keys(mayImport).flatMap(sources).flatMap(examplesOf);
  it("every function that a student meets first has one", () => {
    expect(examples.map(({ name }) => name)).to.include.members(metFirst);
  });
  for (const example of examples)
    it(`${example.path}: ${example.name}`, async () =>
      expect((await exampleProblems(example, names(example.path))).join("\n")).to.equal(""));
});

describe("the test of examples itself", () => {
  const problems = async (comment: string): Promise<string[]> => {
    const examples = examplesOf({ path: "np/x.ts", text: `/** ${comment} */\nexport function f() {}` });
    const found = await Promise.all(examples.map((example) => exampleProblems(example, np)));
    return found.flat();
  };
  it("passes what is right: one line, several, two examples, another tag behind", async () => {
    expect(await problems("One.\n * @example exp(array([0, 1])) // [1, 2.7183]")).to.deep.equal([]);
    const two =
      "@example\n * const x = array([1]);\n * x.add(1) // [2]\n * @throws never\n * @example 1 + 1 // 2";
    expect(await problems(two)).to.deep.equal([]);
  });
  it("catches another value, in every line that gives one", async () => {
    expect(await problems("@example\n * 1 + 1 // 2\n * 1 + 2 // 4\n * zeros([1]) // [1]")).to.deep.equal([
      "np/x.ts: the example of f gives 3, not 4",
      "np/x.ts: the example of f gives [0], not [1]",
    ]);
  });
  it("catches code that fails, and an example that gives no value", async () => {
    expect(await problems("@example nothing() // 1")).to.have.length(1);
    expect(await problems("@example a b // 1")).to.have.length(1);
    expect(await problems("@example zeros([2]);")).to.have.length(1);
  });
  it("finds none in a comment without", async () => {
    expect(
      examplesOf({ path: "np/x.ts", text: "/** For example. */\nexport function f() {}" }),
    ).to.deep.equal([]);
  });
});
