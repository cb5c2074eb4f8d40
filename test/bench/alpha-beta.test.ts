import { readFileSync } from "node:fs";
import { expect } from "chai";

interface Link {
  readonly name: string;
  readonly alpha: number;
  readonly gigabits: number;
  readonly faster: number;
}
interface Sized {
  readonly name: string;
  readonly bytes: number;
  readonly parameters: number;
  readonly batch: number;
  readonly steps: readonly { readonly rows: number; readonly ms: number }[];
}

const bench = new URL("../../../bench/", import.meta.url);
const { allReduceSeconds, links, sized, speedUp, tables } = (await import(
  new URL("alpha-beta.mjs", bench).href
)) as {
  allReduceSeconds: (link: Pick<Link, "alpha" | "gigabits">, bytes: number, ranks: number) => number;
  links: readonly Link[];
  sized: readonly Sized[];
  speedUp: (link: Link, network: Sized, ranks: number) => number;
  tables: () => string;
};
const { pageWith } = (await import(new URL("report/page.mjs", bench).href)) as {
  pageWith: (page: string, name: string, text: string) => string;
};
const page = readFileSync(new URL("../docs/beyond-one-machine.md", bench), "utf8");

/** Plays a ring message by message until every rank has everything, and adds up the time. */
function ringSeconds(alpha: number, secondsPerByte: number, bytes: number, ranks: number): number {
  const all = Array.from({ length: ranks }, (_, rank) => rank);
  // held[rank][part]: the ranks whose numbers are in this rank's sum of the part
  const held = all.map((rank) => all.map(() => new Set([rank])));
  let seconds = 0;
  for (let step = 0; held.some((parts) => parts.some((from) => from.size < ranks)); step++) {
    // All send at once, each one part to its neighbour: first sums that grow, then those that are complete.
    const partOf = (rank: number): number => (rank + 2 * ranks - step) % ranks;
    const sent = all.map((rank) => [...(held[rank]?.[partOf(rank)] ?? [])]);
    for (const rank of all)
      for (const from of sent[rank] ?? []) held[(rank + 1) % ranks]?.[partOf(rank)]?.add(from);
    seconds += alpha + (secondsPerByte * bytes) / ranks;
  }
  return seconds;
}

describe("docs/beyond-one-machine.md, the sum for a cluster", () => {
  it("holds the tables that bench/alpha-beta.mjs writes", () => {
    expect(pageWith(page, "alpha-beta", tables()) === page, "run node bench/alpha-beta.mjs").to.equal(true);
  });
  it("the formula is the time of a ring that is played message by message", () => {
    for (const ranks of [2, 3, 4, 8, 16])
      expect(allReduceSeconds({ alpha: 30, gigabits: 1 }, 1e6, ranks)).to.be.closeTo(
        ringSeconds(30e-6, 8e-9, 1e6, ranks),
        1e-12,
      );
  });
  it("its words are what the tables show", () => {
    const [mlp, resNet20, resNet18] = sized as [Sized, Sized, Sized];
    const whole = ({ steps, batch }: Sized): number => steps.find(({ rows }) => rows === batch)?.ms ?? 0;
    expect([mlp, resNet20, resNet18].map(({ name }) => name)).to.deep.equal(["Mlp", "ResNet20", "ResNet18"]);
    for (const link of links.filter(({ name }) => /Ethernet/.test(name) && !/100/.test(name)))
      expect(speedUp(link, mlp, 4), link.name).to.be.below(1);
    for (const link of links)
      for (const network of [resNet20, resNet18])
        expect(speedUp(link, network, 4), link.name).to.be.above(1.4);
    expect(whole(resNet20) / whole(mlp)).to.be.above(200);
    expect(resNet18.parameters / resNet20.parameters).to.be.within(40.5, 41.5);
    expect(resNet20.bytes).to.be.below(1.5 * mlp.bytes);
    expect(mlp.parameters).to.equal(218_058);
  });
});
