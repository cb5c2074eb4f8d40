import { expect } from "chai";
import { isExhaustive } from "../exhaustive.ts";
import { skipUnless } from "../skip.ts";
import { codeOf } from "./authoring/lesson-source.ts";
import { notebookOf } from "./authoring/notebook-file.ts";
import { ourKernel, plainTslab } from "./kernel.ts";
import { type Lesson, lessonsFolder } from "./lessons.ts";
import { outputDifference } from "./outputs.ts";
import { type CellReport, runCells } from "./run-notebook.ts";

/** One line for each cell that did not pass. */
function failures(reports: readonly CellReport[]): string {
  const wrong = reports.filter(({ verdict }) => verdict !== "passed");
  return wrong.map(({ cell, verdict, why, code }) => `cell ${cell} ${verdict}: ${why}\n${code}`).join("\n");
}

/**
 * Runs lessons from top to bottom in a real kernel. Each cell must show what the committed lesson
 * shows. The first of the lessons always runs, the others where the run is exhaustive.
 */
export function describeRuns(lessons: readonly Lesson[]): void {
  describe(`lessons ${lessons.map(({ name }) => name.slice(0, 2)).join(", ")}, in a real kernel`, () => {
    for (const [place, { name, cells, ipynb }] of lessons.entries()) {
      const code = codeOf(cells);
      const texts = code.map(({ text }) => text);

      it(`${name} shows in ${ourKernel.name} what is committed, but for the digits of numbers`, async function () {
        skipUnless(
          this,
          isExhaustive || place === 0,
          "CHALK_EXHAUSTIVE=1, as before a release; .ci/run executes every lesson with nbconvert",
        );
        const reports = await runCells(texts, lessonsFolder, { command: ourKernel });
        expect(failures(reports)).to.equal("");
        const saved = new Map(notebookOf(ipynb).cells.map((cell) => [cell.id, cell]));
        const differences = code.flatMap(({ id, isTimed }, i) => {
          if (isTimed) return [];
          const found = outputDifference(reports[i]?.execution?.outputs ?? [], saved.get(id)?.outputs ?? []);
          return found === "" ? [] : [`cell ${id}: ${found}`];
        });
        expect(differences.join("\n\n"), "run npm run lessons, or call the cell timed").to.equal("");
      });

      // Lessons also run where a teacher has only tslab.
      if (isExhaustive)
        it(`${name} runs in ${plainTslab.name}`, async () => {
          const reports = await runCells(texts, lessonsFolder, { command: plainTslab });
          expect(failures(reports)).to.equal("");
        });
    }
  });
}
