/**
 * The instructor's side, which only a clone of the repository has.
 * @throws RangeError that says how to get it
 */
export async function loadGrader(): Promise<typeof import("../../grader/internal.ts")> {
  try {
    return await import("../../grader/internal.ts");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new RangeError(
      `this needs a clone of the repository, because the package for students leaves the grader out: git clone it, then npm install there (${message.split("\n")[0]})`,
    );
  }
}
