import { programNamed } from "./programs.ts";

let next = 0;

/** Whether the grader is root, which can start a process as somebody else. */
export const isRoot: boolean = process.getuid?.() === 0;

/**
 * The start of a command that runs the rest as a user that nobody else is, without root's rights. Each
 * command gets another user, because the limit of processes counts all that one user has.
 */
export function asFreshUser(): { readonly uid: number; readonly prefix: readonly string[] } {
  const setpriv = programNamed("setpriv", "install util-linux");
  const uid = 2_000_000 + (process.pid % 10_000) * 1000 + (next++ % 1000);
  const ids = [`--reuid=${uid}`, `--regid=${uid}`, "--clear-groups"];
  return { uid, prefix: [setpriv, ...ids, "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"] };
}
