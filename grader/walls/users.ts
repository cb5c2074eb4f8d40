import { programNamed } from "./programs.ts";

let next = 0;

/** Whether the grader is root, which can start a process as somebody else. */
export const isRoot: boolean = process.getuid?.() === 0;

/**
 * The number of a user that nobody else is. Each command gets another one, because the limit of
 * processes counts all that one user has.
 */
export function freshUser(): number {
  return 2_000_000 + (process.pid % 10_000) * 1000 + (next++ % 1000);
}

/** Arguments of `setpriv` that drop every right; with a user's number, the process becomes that user too. */
export function withoutRights(user: number | null): readonly string[] {
  const ids = user === null ? [] : [`--reuid=${user}`, `--regid=${user}`, "--clear-groups"];
  return [...ids, "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];
}

/** The start of a command that runs the rest as this user. */
export function asUser(user: number): readonly string[] {
  return [programNamed("setpriv", "install util-linux"), ...withoutRights(user)];
}
