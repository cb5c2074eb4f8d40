import { readFileSync } from "node:fs";
import { expect } from "chai";

const bench = new URL("../../../bench/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, bench), "utf8");

interface Result {
  readonly network: string;
  readonly ranks: number;
  readonly ms: Readonly<Record<"compute" | "wait" | "sum" | "update", number>>;
}

describe("bench/README.md, the table of ranks", () => {
  it("is that of bench/distributed.json", async () => {
    const { section } = (await import(new URL("distributed.mjs", bench).href)) as {
      section: (report: unknown) => string;
    };
    const { pageWith } = (await import(new URL("report/page.mjs", bench).href)) as {
      pageWith: (page: string, name: string, text: string) => string;
    };
    const text = section(JSON.parse(read("distributed.json")));
    expect(text.split("\n").filter((line) => line.startsWith("| `"))).to.have.length(12);
    expect(pageWith(read("README.md"), "distributed", text)).to.equal(read("README.md"));
  });
  it("shows what docs/beyond-one-machine.md says", () => {
    const { results } = JSON.parse(read("distributed.json")) as { readonly results: readonly Result[] };
    const step = ({ ms }: Result): number => ms.compute + ms.wait + ms.sum + ms.update;
    for (const one of results.filter(({ ranks }) => ranks === 2)) {
      const share = one.ms.sum / step(one);
      if (one.network === "Mlp") expect(share).to.be.within(0.4, 0.6);
      else expect(share).to.be.below(0.05);
    }
  });
});
