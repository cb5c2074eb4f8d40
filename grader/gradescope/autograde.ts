/** The program that runs at Gradescope: `node autograde.js /autograder`. It reads `source/autograder.json` and writes `results/results.json`. */
import { readFileSync } from "node:fs";
import { writeAtomically } from "../../training/internal.ts";
import { gradeHere } from "./grade-here.ts";
import { zeroResults } from "./results.ts";

interface Settings {
  readonly assignment: string;
  readonly secret: string;
  readonly seconds: number;
}

async function graded(folder: string): Promise<object> {
  const { assignment, secret, seconds } = JSON.parse(
    readFileSync(`${folder}/source/autograder.json`, "utf8"),
  ) as Settings;
  try {
    return await gradeHere({ folder, assignment, secret, seconds });
  } catch (error) {
    console.log(error); // for the instructor: students do not see what is printed
    return zeroResults("the grader made a mistake.");
  }
}

async function run(folder: string): Promise<void> {
  const text = `${JSON.stringify(await graded(folder), null, 2)}\n`;
  await writeAtomically(`${folder}/results/results.json`, new TextEncoder().encode(text));
  process.exit(0);
}

void run(process.argv[2] ?? "/autograder");
