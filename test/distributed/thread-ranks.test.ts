import { expect } from "chai";
import { onThreads } from "./thread-ranks.ts";

const program = new URL("./programs/thread-sums.js", import.meta.url);

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: Error) => error,
  );
}

describe("ranks on threads", function () {
  this.timeout(60_000);

  for (const size of [1, 2, 4]) {
    it(`sum and broadcast among ${size}, in pieces too`, async () => {
      const results = await onThreads<string, Record<string, unknown>>(size, program, "float64");
      const parts = Array.from({ length: size }, (_, rank) => Math.fround(rank + 0.1));
      const single = parts.reduce((sum, x) => Math.fround(sum + x));
      const expected = parts.map((_, rank) => ({ rank, long: true, single: [single], bytes: true }));
      expect(results).to.deep.equal(expected);
    });
  }
  it("add float32 in float32", async () => {
    const [first] = await onThreads<string, { single: number[] }>(3, program, "float32");
    expect(first?.single[0]).to.equal(2 ** 24); // 2 ** 24 + 1 + 1, rounded after each
  });
  it("tell of a rank that throws, and of one that the others wait for", async () => {
    expect((await failure(onThreads(2, program, "throws"))).message).to.equal("rank 1 fails");
    expect((await failure(onThreads(2, program, "waits", 1))).message).to.match(/did not end within 1/);
    expect((await failure(onThreads(2, program, "unequal"))).message).to.match(/brought 1, 2 numbers/);
  });
});
