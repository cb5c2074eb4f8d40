import { expect } from "chai";
import { engineReports } from "chalk-and-tape/np";
import { commandRunner } from "./run.ts";

describe("chalk-and-tape doctor", () => {
  const run = commandRunner();
  const [before, engines] = [5, engineReports()];

  it("says what is here in one line for each engine", async () => {
    const { status, stdout } = await run(["doctor"]);
    expect(status).to.equal(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).to.have.length(before + engines.length);
    for (const [i, { name, summary }] of engines.entries())
      expect(lines[before + i])
        .to.include(name)
        .and.include(summary);
  });
  it("--verbose adds a line for each library that was looked for and not found", async () => {
    const { stdout } = await run(["doctor", "--verbose"]);
    const attempts = engines.flatMap((engine) => engine.attempts);
    expect(stdout.trimEnd().split("\n")).to.have.length(before + engines.length + attempts.length);
  });
});
