import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { engineReports } from "chalk-and-tape/np";

/** Prints how many MiB of 100 that are taken and freed are still this process's. */
const script = `
import { createRequire } from "node:module";
import { engine } from "chalk-and-tape/np";
const libc = createRequire(import.meta.url)("koffi").load("libc.so.6");
const [malloc, memset, free] = ["void *malloc(size_t)", "void *memset(void *, int, size_t)", "void free(void *)"].map((f) => libc.func(f));
engine();
const before = process.memoryUsage.rss();
const pieces = Array.from({ length: 100 }, () => memset(malloc(2 ** 20), 1, 2 ** 20));
for (const piece of pieces) free(piece);
console.log((process.memoryUsage.rss() - before) / 2 ** 20);
`;

function kept(name: string): number {
  const args = ["--input-type=module", "--eval", script];
  const env = { ...process.env, CHALK_ENGINE: name };
  return Number(execFileSync(process.execPath, args, { env, encoding: "utf8" }));
}

describe("np, what glibc does with freed memory", () => {
  const glibc = (process.report.getReport() as { header: { glibcVersionRuntime?: string } }).header
    .glibcVersionRuntime;
  const blas = engineReports().find(({ name }) => name === "blas");
  if (!glibc || !blas?.available) {
    it(`not asked: ${glibc ? blas?.summary : "this machine has no glibc"}`);
    return;
  }
  it("the blas engine has it keep what training frees, for the next step", () => {
    expect(kept("blas")).to.be.above(90);
    expect(kept("js"), "and no other engine").to.be.below(50);
  });
});
