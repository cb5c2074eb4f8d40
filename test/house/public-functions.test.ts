import ts from "@tslab/typescript-for-tslab";
import { expect } from "chai";
import * as np from "chalk-and-tape/np";
import { kernels } from "#internal/np";
import { descendants, isExported, parse, sources } from "./source.ts";

/** The functions that a file exports. */
function functionsOf(text: string): string[] {
  const all = descendants(parse(text)).filter(ts.isFunctionDeclaration).filter(isExported);
  return all.map(({ name }) => name?.text ?? "default");
}

/** The primitives without a function or method of their name that applies them. */
function unreachable(ops: readonly string[], functions: object, methods: object): string[] {
  return ops.filter((op) => {
    const own = [functions, methods].map((where) => (where as Record<string, unknown>)[op]);
    return !own.some((f) => typeof f === "function" && String(f).includes(`"${op}"`));
  });
}

describe("every primitive has a public function or method", () => {
  const fused = sources("np").find(({ path }) => path === "np/fused-functions.ts");
  const tapes = functionsOf(fused?.text ?? "");
  const ops = Object.keys(kernels);

  it("of its name, unless it is one of the tape's fused ones", () => {
    const own = ops.filter((op) => !tapes.includes(op));
    expect(own).to.include.members(["matmul", "exp", "logaddexp", "argmax"]);
    expect(unreachable(own, np, np.Operators.prototype)).to.deep.equal([]);
  });
  it("and the fused ones are primitives, not public", () => {
    expect(tapes).to.include("wherePositive");
    expect(ops).to.include.members(tapes);
    expect(np).to.not.have.any.keys(tapes);
  });
});

describe("the test of public functions itself", () => {
  it("catches an op without a function, and one whose function applies another", () => {
    const functions = { exp: () => "exp", log: () => "exp", sqrt: 3 };
    expect(unreachable(["exp", "log", "sqrt", "abs"], functions, {})).to.deep.equal(["log", "sqrt", "abs"]);
    expect(unreachable(["abs"], {}, { abs: () => "abs" })).to.deep.equal([]);
  });
  it("reads the functions that a file exports, and no others", () => {
    expect(functionsOf("export function a() {} function b() {} export const c = 1;")).to.deep.equal(["a"]);
  });
});
