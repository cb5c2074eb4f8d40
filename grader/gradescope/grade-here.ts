import { NotGradable } from "../../homework/internal.ts";
import { makeBox } from "../box/box.ts";
import { gradedAssignment } from "../graded.ts";
import { freeze } from "../grading/freeze.ts";
import { gradeOne, notGradable } from "../grading/grade-one.ts";
import { Parser } from "../grading/parsing.ts";
import { graderVersion } from "../grading/version.ts";
import { findWall, NoWall } from "../walls/find.ts";
import { selfTest, wallProblems } from "../walls/self-test.ts";
import { type Wall, WallMissing } from "../walls/wall.ts";
import { readMetadata } from "./metadata.ts";
import { type GradescopeResults, gradescopeResults, zeroResults } from "./results.ts";
import { submissionIn } from "./submission-file.ts";

/** Gradescope gives 768 MB to everything: the grader, its parser and the submission. */
const limits = { memory: 350_000_000, heap: 200 } as const;
/** Where Gradescope puts things: `/autograder`. */
export interface Autograder {
  readonly folder: string;
  readonly assignment: string;
  readonly secret: string;
  /** For all answers of the submission; Gradescope stops everything after ten minutes. */
  readonly seconds: number;
}

/**
 * Grades what was handed in to Gradescope. Without a wall that holds nothing is graded: the result has
 * 0 points and says why.
 */
export async function gradeHere({
  folder,
  assignment: id,
  secret,
  seconds,
}: Autograder): Promise<GradescopeResults> {
  const graded = await gradedAssignment(id);
  const { assignment } = graded;
  const metadata = readMetadata(`${folder}/submission_metadata.json`);
  const handed = await submissionIn(`${folder}/submission`, `${id}.ts`, metadata);
  const about = { ...handed, grader: graderVersion() };
  const parser = new Parser();
  try {
    const frozen = await freeze(handed, secret, id);
    // Nothing of a text that does not parse runs, so it needs no wall.
    await parser.parse(frozen.text, `${id}.ts`, []);
    const found = await walled();
    if ("reason" in found) return zeroResults(found.reason);
    const box = await makeBox(id);
    try {
      const { result } = await gradeOne(graded, frozen, about, {
        ...{ ground: { wall: found, box, selfTest: async () => [] }, parser, seconds },
        limits: { load: Math.min(10, seconds), answer: Math.min(10, seconds) },
      });
      return gradescopeResults(result, assignment, metadata, told(found));
    } finally {
      box.remove();
    }
  } catch (error) {
    if (!(error instanceof NotGradable)) throw error;
    const result = notGradable(graded, about, error.message, "none was needed");
    return gradescopeResults(result, assignment, metadata, "Nothing of it was run.");
  } finally {
    parser.close();
  }
}

/** The strongest wall here, after its self-test; or why nothing can be graded. */
async function walled(): Promise<Wall | { readonly reason: string }> {
  try {
    const wall = limited(await findWall());
    const problems = wallProblems(wall, await selfTest(wall));
    return problems.length === 0 ? wall : { reason: `a wall does not hold. ${problems.join("; ")}.` };
  } catch (error) {
    if (!(error instanceof NoWall || error instanceof WallMissing)) throw error;
    return { reason: `this machine isolates nothing. ${error.message}.` };
  }
}

function limited(wall: Wall): Wall {
  return {
    ...wall,
    command: (box, submission, assignment, options) =>
      wall.command(box, submission, assignment, {
        ...options,
        limits: { ...limits, ...options?.limits },
      }),
  };
}

/** What a reader should know about how it was isolated. */
function told({ name, summary, networkOpen }: Wall): string {
  const known = summary.includes("network was open");
  const network = networkOpen && !known ? "; the network was open" : "";
  return `Isolated by ${name}: ${summary}${network}; self-test passed.`;
}
