import { expect } from "chai";
import { compareTwins } from "./mirror.ts";
import { type Source, sources } from "./source.ts";

/** The few files that stand on one side only. */
const onlyChalk = new Set([
  "input-gradient-options.ts",
  "layer.ts",
  "layers/conv2d-by-loops.ts",
  "losses/upstream.ts",
]);
const onlyTape = new Set([
  "backward.ts",
  "differentiable.ts",
  "forward-hooks.ts", // PyTorch's; in chalk one writes a line into forward
  "functional/activations.ts", // PyTorch's functional; chalk's layers remember for backward, which functions cannot
  "functional/attention.ts",
  "functional/convolutions.ts",
  "functional/index.ts",
  "functional/layers.ts",
  "functional/losses.ts",
  "functional/normalisation.ts",
  "functional/pad.ts",
  "functional/pooling.ts",
  "functional/with-fields.ts",
  "grad.ts",
  "gradient-slot.ts", // chalk's parameters are such slots themselves
  "gradients.ts",
  "hessian-vector-product.ts",
  "hooks.ts",
  "internal.ts",
  "lost-leaves.ts",
  "module-dict.ts", // PyTorch's; a plain object in a field does as well, and is chalk's
  "module-list.ts", // PyTorch's; a plain list in a field does as well, and is chalk's
  "module-tree.ts",
  "module.ts",
  "once-differentiable.ts",
  "op.ts",
  "ops/adjoints.ts",
  "ops/elementwise.ts",
  "ops/index.ts",
  "ops/linear-algebra.ts",
  "ops/movement.ts",
  "ops/normalisation.ts",
  "ops/recurrences.ts",
  "ops/reductions.ts",
  "ops/shift.ts",
  "ops/transcendental.ts",
  "ops/vjp.ts",
  "ops/windows.ts",
  "parameter.ts", // a tensor that learns; chalk's parameters are plain arrays
  "print-tape.ts",
  "tape-of.ts",
  "print/number-format.ts",
  "print/tensor-text.ts",
  "pullback.ts",
  "step-back.ts",
  "tape.ts",
  "tensor.ts",
  "torch-methods.ts",
  "torch-methods/arrangement.ts", // PyTorch's names; chalk has NumPy's
  "torch-methods/bounds.ts",
  "torch-methods/comparisons.ts",
  "torch-methods/elements.ts",
  "torch-methods/order.ts",
  "torch-methods/parts.ts",
  "torch-methods/places.ts",
  "torch-methods/products.ts",
  "torch-methods/reductions.ts",
  "torch-methods/shapes.ts",
  "torch-methods/values-and-indices.ts",
]);

function side(folder: string): Map<string, string> {
  return new Map(sources(folder).map(({ path, text }: Source) => [path.slice(folder.length + 1), text]));
}

describe("chalk and tape mirror each other", () => {
  const chalk = side("manual");
  const tape = side("autograd");
  const twins = [...chalk.keys()].filter((path) => !onlyChalk.has(path) && tape.has(path));
  const withoutTwin = new Set([...onlyChalk, ...onlyTape].map((path) => `./${path}`));
  const comparisons = new Map(
    twins.map((path) => [path, compareTwins(chalk.get(path) ?? "", tape.get(path) ?? "", withoutTwin)]),
  );

  it("have the same files", () => {
    const paired = (paths: Iterable<string>, alone: Set<string>) =>
      [...paths].filter((path) => !alone.has(path));
    expect(paired(chalk.keys(), onlyChalk)).to.deep.equal(paired(tape.keys(), onlyTape));
    expect(twins).to.include.members(["layers/linear.ts", "index.ts", "train.ts"]);
  });

  it("name no file as twinless that is not there, or that has a twin", () => {
    for (const path of onlyChalk)
      expect([chalk.has(path), tape.has(path)], path).to.deep.equal([true, false]);
    for (const path of onlyTape) expect([chalk.has(path), tape.has(path)], path).to.deep.equal([false, true]);
  });

  for (const [path, { problems }] of comparisons) {
    it(path, () => expect(problems.join("\n")).to.equal(""));
  }

  it("differ on purpose in at most one file of five", () => {
    const excused = [...comparisons].filter(([, { differs }]) => differs !== null);
    for (const [path, { differs }] of excused) console.log(`        differs: ${path}: ${differs}`);
    expect(excused.length).to.be.at.most(Math.floor(comparisons.size / 5));
  });
});

const chalkLinear = `
import { Layer } from "../layer.ts";
export class Linear extends Layer {
  weight: NDArray;
  #x: NDArray | null = null;
  constructor(inFeatures: number, outFeatures: number, { bias = true }: LinearOptions = {}) {
    super();
    this.weight = zeros([outFeatures, inFeatures]);
  }
  forward(x: NDArray): NDArray {
    this.#x = x; // chalk: backward needs it
    const y = x.matmul(this.weight.T); // (N, M)
    return y;
  }
  backward(dy: NDArray): NDArray {
    return dy.matmul(this.weight);
  }
}`;

const tapeLinear = `
import { Module } from "../module.ts";
export class Linear extends Module {
  weight: Tensor;
  constructor(inFeatures: number, outFeatures: number, { bias = true }: LinearOptions = {}) {
    super();
    this.weight = tensor(zeros([outFeatures, inFeatures]), { requiresGrad: true });
  }
  forward(x: Tensor): Tensor {
    const y = x.matmul(this.weight.T); // (N, M)
    return y;
  }
}`;

/** The twins after one change in one of them. The change must change something. */
function twinsAfter(change: { chalk?: [string, string]; tape?: [string, string] }): readonly string[] {
  const edit = (text: string, [from, to]: [string, string] = ["", ""]): string => {
    expect(text).to.include(from);
    return text.replace(from, to);
  };
  return compareTwins(edit(chalkLinear, change.chalk), edit(tapeLinear, change.tape)).problems;
}

describe("the mirror test itself", () => {
  it("passes true twins", () => expect(twinsAfter({})).to.deep.equal([]));

  const chalkLine = "this.#x = x; // chalk: backward needs it";
  const wrong: Record<string, [change: Parameters<typeof twinsAfter>[0], message: RegExp]> = {
    "another text in forward": [
      { tape: ["x.matmul(this.weight.T)", "x.matmul(this.weight.mT)"] },
      /Linear\.forward differs/,
    ],
    "another comment in forward": [{ tape: ["// (N, M)", "// (N, D)"] }, /Linear\.forward differs/],
    "a line more in forward": [{ tape: ["return y", "y.sum();\n    return y"] }, /Linear\.forward differs/],
    "a chalk line without its mark": [
      { chalk: [" // chalk: backward needs it", ""] },
      /Linear\.forward differs/,
    ],
    "another parameter name in forward": [
      { tape: ["forward(x: T", "forward(input: T"] },
      /Linear\.forward differs/,
    ],
    "no forward": [{ tape: ["forward(", "call("] }, /tape: {2}\(none\)/],
    "one more constructor parameter": [
      { tape: ["= {})", "= {}, scale = 1)"] },
      /Linear: constructor differs/,
    ],
    "another default": [{ tape: ["bias = true", "bias = false"] }, /Linear: constructor differs/],
    "another parameter type": [
      { tape: ["outFeatures: number", "outFeatures: string"] },
      /constructor differs/,
    ],
    "no constructor": [{ tape: ["constructor(", "build("] }, /constructor differs/],
    "a class under another name": [{ tape: ["class Linear", "class Dense"] }, /tape exports class Dense/],
    "a class that is not exported": [{ tape: ["export class", "class"] }, /chalk exports class Linear/],
    "one more export": [{ tape: ["export", "export const eps = 1;\nexport"] }, /tape exports const eps/],
    "a chalk line on tape": [
      { tape: ["return y;", "return y; // chalk: no"] },
      /tape has a "\/\/ chalk:" line/,
    ],
    "a chalk line without a reason": [{ chalk: ["chalk: backward needs it", "chalk:"] }, /no reason/],
    "a chalk line that assigns a public field": [
      { chalk: [chalkLine, "this.x = x; // chalk: y"] },
      /#private/,
    ],
    "a chalk line that assigns a variable": [{ chalk: [chalkLine, "x = x.neg(); // chalk: y"] }, /#private/],
    "a chalk line that calls something": [
      { chalk: [chalkLine, "this.remember(x); // chalk: y"] },
      /#private/,
    ],
    "a chalk line whose value calls something": [
      { chalk: [chalkLine, "this.#x = x.addInPlace(x); // chalk: y"] },
      /#private/,
    ],
    "a chalk line that assigns twice": [
      { chalk: [chalkLine, "this.#x = x = this.y; // chalk: y"] },
      /#private/,
    ],
    "a chalk line that adds": [{ chalk: [chalkLine, "this.#x += x; // chalk: y"] }, /#private/],
    "a chalk line of another object": [{ chalk: [chalkLine, "other.#x = x; // chalk: y"] }, /#private/],
    "a chalk line that returns": [{ chalk: [chalkLine, "return x; // chalk: y"] }, /#private/],
    "a chalk line with two statements": [
      { chalk: [chalkLine, "x = this.y; this.#x = x; // chalk: y"] },
      /exactly one statement/,
    ],
    "a chalk line that ends a longer statement": [
      { chalk: [chalkLine, "this.#x =\n      x; // chalk: y"] },
      /exactly one statement/,
    ],
    "a chalk line that declares": [{ chalk: [chalkLine, "let x = this.weight; // chalk: y"] }, /#private/],
    "a chalk line outside forward": [
      { chalk: ["super();", "super();\n    this.#x = null; // chalk: y"] },
      /outside forward/,
    ],
    "an excuse that excuses nothing": [{ chalk: ["export", "// differs: it must\nexport"] }, /do not differ/],
  };
  for (const [name, [change, message]] of Object.entries(wrong)) {
    it(`catches ${name}`, () => expect(twinsAfter(change).join("\n")).to.match(message));
  }

  it("accepts a difference with a reason, and none without", () => {
    const other = tapeLinear.replace("return y;", "return y.add(0);");
    const excused = (line: string) => compareTwins(chalkLinear, other.replace("export", `${line}\nexport`));
    expect(excused("// differs: it must")).to.deep.equal({ problems: [], differs: "it must" });
    expect(excused("// differs:").problems).to.have.length(1);
    expect(excused("// differs: a\n// differs: b").problems).to.have.length(1);
  });

  it("compares what the doc comments promise to throw, of the class, its constructor, its forward and of functions", () => {
    const thrown = (tags: string, chalkTags: string = tags) =>
      [
        [chalkLinear, chalkTags],
        [tapeLinear, tags],
      ].map(([text = "", said = ""]) => text.replace("export class", `/**\n * y.\n${said} */\nexport class`));
    const problems = (tape: string, chalk: string = tape) => {
      const [left = "", right = ""] = thrown(tape, chalk);
      return compareTwins(left, right).problems;
    };
    const [promise, other] = [" * @throws TypeError for 0\n", " * @throws RangeError for 0\n"];
    expect(problems(promise)).to.deep.equal([]);
    expect(problems("", promise))
      .to.match(/Linear: @throws differs/)
      .and.to.have.length(1);
    expect(problems(promise, "")).to.have.length(1);
    expect(problems(promise, other)).to.have.length(1);
    expect(
      problems(" * @throws TypeError for a Tensor\n", " * @throws TypeError for a NDArray\n"),
    ).to.have.length(0);
    const only = (side: string) => promise.replace("\n", ` (${side} only)\n`);
    expect(problems(other, other + only("chalk"))).to.deep.equal([]);
    expect(problems(other + only("tape"), other)).to.deep.equal([]);
    expect(problems(only("chalk"), "")).to.have.length(1);
    const inForward = (text: string) =>
      text.replace("  forward(", "  /** @throws TypeError for 0 */\n  forward(");
    expect(compareTwins(inForward(chalkLinear), tapeLinear).problems).to.have.length(1);
    expect(compareTwins(inForward(chalkLinear), inForward(tapeLinear)).problems).to.deep.equal([]);
    const train = (said: string) => `/** Trains. ${said} */\nexport function train() {}`;
    expect(compareTwins(train("@throws TypeError for 0"), train("")).problems).to.have.length(1);
  });

  it("reads an array of parameters and an array of tensors as the same", () => {
    const sgd = (type: string) => `export class SGD { constructor(parameters: readonly ${type}[]) {} }`;
    expect(compareTwins(sgd("Parameter"), sgd("Tensor")).problems).to.deep.equal([]);
    expect(compareTwins(sgd("Parameter"), sgd("Tensor | NDArray")).problems).to.deep.equal([]);
    expect(compareTwins(sgd("Parameter"), sgd("string")).problems).to.have.length(1);
  });

  it("lets an index add what comes from a file without a twin, and nothing else", () => {
    const index = (more: string) => `export { Linear } from "./layers/linear.ts";\n${more}`;
    const compare = (more: string) => compareTwins(index(""), index(more), new Set(["./tape.ts"])).problems;
    expect(compare('export { noGrad } from "./tape.ts";')).to.deep.equal([]);
    expect(compare('export { ReLU } from "./activations/relu.ts";')).to.have.length(1);
    expect(compare('export * from "./layers/flatten.ts";')).to.have.length(1);
  });
});
