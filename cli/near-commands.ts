/** What people type who mean something that has another name here. */
const meant: Readonly<Record<string, string>> = {
  version: "--version",
  list: "data list",
  fetch: "data fetch",
  download: "data fetch",
  verify: "data verify",
  check: "gradcheck",
  train: "compare",
  report: "compare",
  init: "new",
  create: "new",
  jupyter: "notebook",
  lab: "notebook",
  lessons: "notebook",
  kernel: "notebook --kernel-only",
};

/** The error for an unknown command that has another name here; null for any other word. */
export function otherName(word: string | undefined): string | null {
  if (word === undefined || !Object.hasOwn(meant, word)) return null;
  return `error: unknown command '${word}' (Did you mean ${meant[word]}?)`;
}
