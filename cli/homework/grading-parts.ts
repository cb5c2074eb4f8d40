/** The instructor's side of the package. The npm package does not have it. */
type Grader = typeof import("../../grader/internal.ts");

/** @throws RangeError in an installed package, with where to get the grader */
export async function loadGrader(): Promise<Grader> {
  try {
    return await import("../../grader/internal.ts");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND") throw error;
    const [, missing = "grader/"] = /'([^']+)'/.exec(message) ?? [];
    throw new RangeError(
      `grading needs the course's repository, not the installed package: clone it, run npm ci there, and call ` +
        `node bin/chalk-and-tape.js homework … (missing: ${missing})`,
    );
  }
}
