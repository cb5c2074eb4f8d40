import type { GradedAssignment } from "../graded.ts";
import { type Files, notebookOf } from "./edition.ts";
import type { Sources } from "./sources.ts";

/**
 * An nbgrader course with one assignment, by path: the config, `source/<id>/` and `release/<id>/`. nbgrader copies
 * every file of `source/` but notebooks to the students as it is, so hw1.ts in there is the students' edition too, and
 * only the notebook holds solutions.
 */
export function nbgraderCourse({ assignment }: GradedAssignment, sources: Sources, edition: Files): Files {
  const { id } = assignment;
  const inFolder = (folder: string, files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${id}/${name}`, text]));
  return {
    "nbgrader_config.py": nbgraderConfig,
    ...inFolder("release", edition),
    ...inFolder("source", { ...edition, [`${id}.ipynb`]: notebookOf(assignment, sources, "source") }),
  };
}

/** The same for every assignment, so that a second one in the same folder changes nothing. */
export const nbgraderConfig: string = `# Made by "chalk-and-tape homework release --nbgrader". Use nbgrader to hand out, collect and hand back.
# Grade with "chalk-and-tape homework grade <assignment> submitted/ --out graded".
import sys

WHY = (
    "nbgrader autograde is refused in this course, because it gives points to code that failed. "
    "It takes a cell without an error in its output for a correct one, and the TypeScript kernel reports an "
    "error in another way, which nbgrader does not read: a failed check can count as passed, and current "
    "versions stop at the first error instead. Student code would also run beside the expected values. "
    "Run: chalk-and-tape homework grade <assignment> submitted/ --out graded"
)


def refuse(notebook, resources):
    raise RuntimeError(WHY)


if "autograde" in sys.argv[1:]:
    raise SystemExit(WHY)

c = get_config()

# The same for formgrader, which starts it without a command line.
c.Autograde.sanitize_preprocessors = [refuse]
c.Autograde.autograde_preprocessors = [refuse]

# nbgrader knows no TypeScript; without these two lines "nbgrader generate_assignment" stops.
c.ClearSolutions.code_stub = {
    "typescript": '// YOUR CODE HERE\\nthrow new Error("not written yet");',
}
c.ClearSolutions.begin_solution_delimeter = "BEGIN SOLUTION"
c.ClearSolutions.end_solution_delimeter = "END SOLUTION"
`;
