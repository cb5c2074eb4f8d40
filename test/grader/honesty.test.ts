import { expect } from "chai";
import { compareAll, functionPrints, honestyPage, ownTexts } from "#internal/grader";
import { isExhaustive } from "../exhaustive.ts";
import { anna, annaRenamed, ben, clara, edition } from "./small-homework.ts";

const compared = (texts: Record<string, string>, own: Record<string, string> = {}) =>
  compareAll(new Map(Object.entries(texts)), edition, new Map(Object.entries(own)));
/** The students of each cluster, and the functions that they share. */
const found = (texts: Record<string, string>) =>
  compared(texts).clusters.map(({ students, shared }) => [
    students.join(" "),
    ...shared.map(({ places }) => places.map(({ name }) => name).join("=")),
  ]);

describe("equal code", () => {
  it("is found after renaming, other types, comments, format and order, with its lines", () => {
    const { clusters } = compared({ anna, x: annaRenamed, ben });
    expect(clusters.map(({ students }) => students.join())).to.deep.equal(["anna,x"]);
    const bce = clusters[0]?.shared.find(({ places }) => places[0]?.name === "bce");
    const line = (text: string, start: string) => text.slice(0, text.indexOf(start)).split("\n").length;
    expect(bce?.places.map(({ owner, line }) => [owner, line])).to.deep.equal([
      ["anna", line(anna, "export function bce")],
      ["x", line(annaRenamed, "export const bce")],
    ]);
  });
  it("is not found in three right answers that were written apart", () => {
    expect(found({ anna, ben, clara })).to.deep.equal([]);
  });
  it("is not found in the edition that everyone has, touched or not", () => {
    const touched = edition.replaceAll("rows", "count").replace("// YOUR CODE HERE", "// help");
    expect(found({ a: edition, b: edition, c: touched })).to.deep.equal([]);
  });
  it("is found where only small functions are equal, but all of them are", () => {
    const small = (names: string) =>
      names
        .split(" ")
        .map(
          (name, i) =>
            `export const ${name} = (${name}x) => ${name}x.mul(${i}).add(${i + 1}).sub(${name}x.exp());`,
        )
        .join("\n");
    const [a, b, c] = ["a b c d e f g", "q r s t u v w", "a b c d e"].map(small) as [string, string, string];
    expect(found({ a, b, c })).to.deep.equal([["a b", "the whole file=the whole file"]]);
  });
  it("is found where one function of four was copied", () => {
    const body = (text: string) =>
      text.slice(text.indexOf("export function bce"), text.indexOf("/** One step"));
    const copied = ben.replace(
      body(ben),
      body(anna).replaceAll("positive", "q").replaceAll("loss,", "loss: loss,"),
    );
    expect(found({ anna, ben, clara, copied })).to.deep.equal([["anna copied", "bce=bce"]]);
  });
  it("groups all who share, in whatever order they come", () => {
    const texts = { d: anna, c: annaRenamed, b: anna, a: ben };
    expect(compared(texts).clusters.map(({ students }) => students)).to.deep.equal([["b", "c", "d"]]);
    const turned = Object.fromEntries(Object.entries(texts).reverse());
    expect(compared(turned)).to.deep.equal(compared(texts));
  });
  it("is not found in many lines of one form, which everybody writes alike", () => {
    const lines = (names: readonly string[], lr: string) =>
      names.map((name) => `    this.${name} = this.${name}.sub(this.d${name}.mul(${lr}));`).join("\n");
    const update = (names: readonly string[], lr: string) =>
      `export class Network {\n  update(${lr}: number) {\n${lines(names, lr)}\n  }\n}\n`;
    const [a, b] = [
      update(["W1", "b1", "W2", "b2", "W3", "b3"], "lr"),
      update(["w1", "c1", "w2", "c2", "w3", "c3"], "rate"),
    ];
    expect(functionPrints(a)?.[0]?.print).to.equal(functionPrints(b)?.[0]?.print);
    expect(found({ a, b })).to.deep.equal([]);
  });
  it("is not found where an operation, a constant or a method differs", () => {
    for (const [from, to] of [
      [".sub(z.mul(t))", ".add(z.mul(t))"],
      ["maximum(z, 0)", "maximum(z, 1)"],
      ["exp(z.neg()).add(1).pow(-1)", "exp(z).add(1).pow(-1)"],
      ["p.sub(t)", "t.sub(p)"],
    ] as const) {
      expect(anna, from).to.include(from);
      expect(found({ anna, other: anna.replace(from, to) }), from).to.deep.equal([]);
    }
  });
  it("is found in manual/ and in the reference", () => {
    const own = ownTexts("hw1");
    const [path = "", text = ""] = [...own].find(([name]) => name.endsWith("layers/linear.ts")) ?? [];
    const mine = text.replaceAll("#x", "remember").replaceAll("dWeight", "gradW");
    const { copied } = compareAll(
      new Map([
        ["eve", mine],
        ["ben", ben],
      ]),
      edition,
      own,
    );
    expect(
      copied.map(({ places }) => [
        places[0]?.owner,
        ...places.slice(1).map(({ owner, name }) => `${owner} ${name}`),
      ]),
    ).to.deep.include([path, "eve backward"]);
    expect(
      compared({ anna, ben }, { reference: annaRenamed }).copied.map(({ places }) => places[1]?.owner),
    ).to.deep.equal(["anna"]);
  });
  it("names a file that does not parse, and compares the others", () => {
    const {
      unread,
      clusters,
      compared: count,
    } = compared({ anna, x: annaRenamed, broken: "export function (" });
    expect([unread, clusters.length, count]).to.deep.equal([["broken"], 1, 2]);
  });
  it("code that many students share is listed apart, and makes no pairs", () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`s${i}`, anna]));
    const { clusters, common } = compared({ ...many, ben });
    expect([clusters.length, common.length, common[0]?.places.length]).to.deep.equal([0, 2, 20]);
  });
  it("of 400 files is found within 8 s of a processor: in 40, at 20 ms each, unless the run is exhaustive", () => {
    const count = isExhaustive ? 400 : 40;
    const texts = Array.from({ length: count }, (_, i): [string, string] => [
      `s${i}`,
      i === count - 1 ? annaRenamed : anna.replace("maximum(z, 0)", `maximum(z, ${i})`),
    ]);
    const start = process.cpuUsage();
    const { clusters } = compareAll(new Map(texts), edition, new Map());
    const { user } = process.cpuUsage(start);
    expect(clusters.map(({ students }) => students)).to.deep.equal([["s0", `s${count - 1}`]]);
    expect(user / 1e6).to.be.below(0.02 * count);
  });
});

describe("the page about equal code", () => {
  it("names students, functions and lines, and escapes them", () => {
    const report = compared({ "<b>anna": anna, "<i>x": annaRenamed });
    const text = honestyPage(report, "hw1", "bubblewrap");
    expect(text).to.include("&lt;b&gt;anna: bce (line").and.to.include("&lt;i&gt;x: bce (line");
    expect(text).to.not.match(/<b>|<i>|<script/);
    expect(text).to.include("changes no score");
  });
});

describe("a function's fingerprint", () => {
  const print = (text: string) => functionPrints(text)?.[0]?.print;
  it("does not read a property that the student named, and reads one of the library", () => {
    expect(print("function f(c) { return c.hidden.matmul(c.w); }")).to.equal(
      print("const g = (k) => k.z.matmul(k.v)"),
    );
    expect(print("function f(c) { return c.hidden.matmul(c.w); }")).to.not.equal(
      print("const g = (k) => k.z.mul(k.v)"),
    );
  });
  it("keeps which name is which", () => {
    expect(print("(a, b) => a.sub(b)")).to.not.equal(print("(a, b) => b.sub(a)"));
  });
});
