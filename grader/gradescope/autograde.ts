/** The program that runs at Gradescope: `node autograde.js /autograder`. It reads `source/autograder.json` and writes `results/results.json`. */
import { readFileSync } from "node:fs";
import { writeAtomically } from "../../training/internal.ts";
import { gradeHere } from "./grade-here.ts";
import { zeroResults } from "./results.ts";

const [, , folder = "/autograder"] = process.argv;
const { assignment, secret, seconds } = JSON.parse(
  readFileSync(`${folder}/source/autograder.json`, "utf8"),
) as {
  assignment: string;
  secret: string;
  seconds: number;
};

async function graded(): Promise<object> {
  try {
    return await gradeHere({ folder, assignment, secret, seconds });
  } catch (error) {
    console.log(error); // for the instructor: students do not see what is printed
    return zeroResults("the grader made a mistake.");
  }
}

const text = `${JSON.stringify(await graded(), null, 2)}\n`;
await writeAtomically(`${folder}/results/results.json`, new TextEncoder().encode(text));
process.exit(0);
