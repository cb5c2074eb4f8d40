import { join } from "node:path";
import { expect } from "chai";
import { build } from "esbuild";
import { documentOf, skipWithoutChromium } from "./chromium.ts";

/** What the page does; its last line is read from the document. */
const page = `
import * as autograd from "chalk-and-tape/autograd";
import * as manual from "chalk-and-tape/manual";
import { engine, engineReports, random, useEngine } from "chalk-and-tape/np";

const found = { auto: engine().name, engines: engineReports(), isolated: globalThis.crossOriginIsolated };
for (const dtype of ["float64", "float32"]) {
  const [a, b] = [random(1).normal(0, 1, [130, 300], { dtype }), random(2).normal(0, 1, [300, 67], { dtype })];
  useEngine("js");
  const wanted = a.matmul(b);
  useEngine("wasm");
  const apart = a.matmul(b).sub(wanted);
  found[dtype] = Math.max(apart.max().item(), -apart.min().item()) / wanted.max().item();
}
const x = random(3).normal(0, 1, [64, 2]);
const target = x.slice(null, 0).greater(0).astype("int32");
const losses = ([net, loss, optimizer, step]) => Array.from({ length: 20 }, () => {
  optimizer.zeroGrad();
  const value = step(net, loss);
  optimizer.step();
  return value;
});
const sides = [manual, autograd].map((side) => {
  const rng = random(5);
  const net = new side.Sequential(new side.Linear(2, 10, { rng }), new side.ReLU(), new side.Linear(10, 2, { rng }));
  return [net, new side.CrossEntropyLoss(), new side.Adam(net.parameters(), { lr: 0.01 })];
});
found.manual = losses([...sides[0], (net, loss) => {
  const value = loss.forward(net.forward(x), target).item();
  net.backward(loss.backward());
  return value;
}]);
found.autograd = losses([...sides[1], (net, loss) => {
  const value = loss.forward(net.forward(new autograd.Tensor(x)), target);
  value.backward();
  return value.item();
}]);
document.body.textContent = JSON.stringify(found);
`;

interface Found {
  readonly auto: string;
  readonly engines: readonly {
    readonly name: string;
    readonly available: boolean;
    readonly summary: string;
  }[];
  readonly float64: number;
  readonly float32: number;
  readonly manual: number[];
  readonly autograd: number[];
}

describe("in headless Chromium", () => {
  let found: Found;
  before(async function () {
    skipWithoutChromium(this);
    const root = join(import.meta.dirname, "../../..");
    const bundled = await build({
      stdin: { contents: page, resolveDir: root, loader: "js" },
      bundle: true,
      format: "iife",
      write: false,
      platform: "browser",
      logLevel: "error",
    });
    const script = (bundled.outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script");
    const html = `<!doctype html><meta charset="utf-8"><body><script>${script}</script></body>`;
    const document = await documentOf({ "page.html": html });
    const [, json] = /(\{"auto".*?\})<\/body>/s.exec(document) ?? [];
    expect(json, document.slice(-2000)).to.be.a("string");
    found = JSON.parse(json as string) as Found;
  });

  it("wasm computes, on one thread; BLAS is absent with a reason", () => {
    expect(found.auto).to.equal("wasm");
    const [wasm, blas] = ["wasm", "blas"].map((name) => found.engines.find((one) => one.name === name));
    expect(wasm?.summary).to.match(/SIMD.*one thread/);
    expect([blas?.available, blas?.summary]).to.deep.equal([
      false,
      "no BLAS is known for the platform of a browser",
    ]);
  });
  it("its products agree with plain JavaScript's", () => {
    expect(found.float64).to.be.within(0, 1e-12);
    expect(found.float32).to.be.within(0, 1e-5);
  });
  it("both sides train, and agree to 1e-12 over 20 steps", () => {
    expect(found.manual.at(-1)).to.be.below((found.manual[0] as number) * 0.9);
    for (const [i, loss] of found.manual.entries()) expect(found.autograd[i]).to.be.closeTo(loss, 1e-12);
  });
});
