import { expect } from "chai";
import { commandRunner } from "./run.ts";

const run = commandRunner();

describe("chalk-and-tape names", () => {
  for (const [word, lines] of [
    ["unsqueeze", ["np.expand_dims (differentiable)", "NumPy    np.expand_dims  →  np.expandDims", "PyTorch  Tensor.unsqueeze  →  x.unsqueeze"]],
    ["np.newaxis", ["np.newaxis", "x[:, np.newaxis] is expandDims(x, 1)"]],
    ["masked_fill", ["Tensor.masked_fill  →  x.maskedFill"]],
    ["MaskedFill", ["Tensor.masked_fill  →  x.maskedFill"]],
    ["torch.cat", ["torch.cat, torch.concat, torch.concatenate  →  np.concatenate"]],
    ["x[1:3]", ["x.slice([1, 3])"]],
    ["a@b", ["x.matmul"]],
    ["with torch.no_grad():", ["noGrad(() => model.forward(x))"]],
    ["nn.Linear", ["here     Linear", "PyTorch  nn.Linear, F.linear  →  Linear, functional.linear"]],
    ["standardNormal", ["rng.standardNormal"]],
    ["np.linalg.qr", ["np.linalg.qr is not here", "Decompositions and solvers:"]],
    ["logsum", ["1 name holds these letters:", "np.logsumexp"]],
  ] as const) // biome-ignore format: a table, one word a line
    it(`names ${word}`, async () => {
      const { status, stdout, stderr, left } = await run(["names", word]);
      expect([status, stderr, left]).to.deep.equal([0, "", []]);
      for (const line of lines) expect(stdout).to.contain(line);
    });

  it("an exact name shows no row of a name that only contains it", async () => {
    const { stdout } = await run(["names", "sum"]);
    expect(stdout.split("\n")[0]).to.equal("np.sum (differentiable)");
    expect(stdout).to.contain("np.sum").and.not.to.contain("cumsum").and.not.to.contain("letters");
  });

  it("--json is one document with both vocabularies", async () => {
    const { status, stdout } = await run(["names", "Tensor.unsqueeze", "--json"]);
    const { word, match, rows, leftOut } = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect([status, word, match, leftOut]).to.deep.equal([0, "Tensor.unsqueeze", "exact", []]);
    const [row] = rows as Readonly<Record<string, unknown>>[];
    expect(row).to.include({ kind: "differentiable", note: "" });
    expect(row?.tape).to.deep.equal(["Tensor.unsqueeze"]);
    expect(row?.numpy).to.deep.equal(["np.expand_dims"]);
  });

  it("a misspelt name: status 2, and the nearest one", async () => {
    const { status, stdout, stderr } = await run(["names", "unsqeeze"]);
    expect([status, stdout]).to.deep.equal([2, ""]);
    expect(stderr).to.contain(
      'no name of NumPy, PyTorch or this package holds "unsqeeze". Did you mean "unsqueeze"?',
    );
  });
});
