/** The oldest release of each line in which the known ways around `--permission` are closed. */
const oldest: Readonly<Record<number, number>> = { 20: 20, 22: 22, 24: 13 };

export function nodeVersion(version: string): { readonly major: number; readonly minor: number } {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return { major, minor };
}

/**
 * Why this version of Node may not grade; null if it may. Node 20.20, 22.22 and 24.13 closed
 * CVE-2025-55130, by which a symlink leads out of the folders that `--permission` allows.
 */
export function whyNotGrade(version: string): string | null {
  const { major, minor } = nodeVersion(version);
  const first = oldest[major];
  const supported = Object.entries(oldest).map(([line, least]) => `${line}.${least}`);
  const list = `${supported.join(", ")} or newer in these lines, or Node 26`;
  if (first === undefined) {
    if (major >= 26) return null;
    return `Node ${version} gets no more corrections, or is not a release for long use; grading needs ${list}`;
  }
  if (minor >= first) return null;
  return `Node ${version} has a known way out of \`--permission\` (CVE-2025-55130); grading needs ${list}`;
}
