import { boxEnvironment, prlimitArguments, usualLimits } from "./limits.ts";
import { plainProgram } from "./mounts.ts";
import { programNamed } from "./programs.ts";
import { asUser, freshUser, isRoot } from "./users.ts";
import { type Wall, type WallKind, WallMissing } from "./wall.ts";

/**
 * A user without rights, and limits: the least wall. Files that everybody may read stay readable but
 * for Node's --permission, and the network is open.
 */
export const secondUser: WallKind = {
  name: "second user",
  find(): Wall {
    if (!isRoot) throw new WallMissing("only root can start a process as another user");
    const prlimit = programNamed("prlimit", "install util-linux");
    return {
      name: "second user",
      networkOpen: true,
      open: ["network", "programs"],
      summary: "a user without rights, Node's --permission, limits; the network was open",
      command(boxFolder, submissionFolder, assignment, options) {
        const user = freshUser();
        const limits = prlimitArguments({ ...usualLimits, ...options?.limits });
        const program = plainProgram(boxFolder, submissionFolder, assignment, options);
        const args = ["-c", untilAllAreDead(user), "sh", ...asUser(user), prlimit, ...limits, ...program];
        return { file: "/bin/sh", args, env: boxEnvironment, cwd: "/" };
      },
    };
  },
};

/**
 * A script that starts a watcher and becomes the program. When the program has ended, however that
 * was, the watcher kills everything that the user still runs.
 */
function untilAllAreDead(user: number): string {
  const setsid = programNamed("setsid", "install util-linux");
  const sleep = programNamed("sleep", "install coreutils");
  const killAll = [...asUser(user), "/bin/sh", "-c", '"kill -9 -1"'].join(" ");
  const watch = `while kill -0 $0 2>/dev/null; do ${sleep} 0.1; done; ${killAll}`;
  return `${setsid} /bin/sh -c '${watch}' $$ </dev/null >/dev/null 2>&1 3>&- 4>&- &\nexec "$@"`;
}
