import { boxMounts, environmentEntries, type Mount, systemMounts, walledProgram } from "./mounts.ts";
import { programNamed, tried } from "./programs.ts";
import { asUser, freshUser, isRoot } from "./users.ts";
import { type Wall, type WallKind, WallMissing } from "./wall.ts";

const install = "install bubblewrap 0.8 or newer (Debian, Ubuntu, Fedora: the package bubblewrap)";

/** Namespaces of its own for each submission: no network, no other process, no file but Node's and the box's. */
export const bubblewrap: WallKind = {
  name: "bubblewrap",
  find(): Wall {
    const program = programNamed("bwrap", install);
    const { ok, why } = run(program, [], ["/bin/prlimit", "--version"]);
    if (!ok)
      throw new WallMissing(
        `bubblewrap does not start: ${why}; it needs version 0.8, and unprivileged user namespaces`,
      );
    return {
      name: "bubblewrap",
      networkOpen: false,
      open: [],
      summary: "namespaces of its own (user, files, network, processes), Node's --permission, limits",
      command: (boxFolder, submissionFolder, assignment, options) => {
        const mounts = boxMounts(boxFolder, submissionFolder);
        const [file = "", ...args] = line(program, mounts, walledProgram(assignment, options));
        return { file, args, env: {}, cwd: "/" };
      },
    };
  },
};

function run(
  program: string,
  mounts: readonly Mount[],
  command: readonly string[],
): ReturnType<typeof tried> {
  const [file = "", ...args] = line(program, mounts, command);
  return tried(file, args);
}

/** Nothing secret may be in it: a process inside could read the command line of its parent. */
function line(program: string, mounts: readonly Mount[], command: readonly string[]): string[] {
  return [
    ...(isRoot ? asUser(freshUser()) : []),
    program,
    ...["--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534"],
    ...["--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv", "--hostname", "box"],
    ...environmentEntries.flatMap(([name, value]) => ["--setenv", name, value]),
    ...[...systemMounts(), ...mounts].flatMap(({ from, to }) => ["--ro-bind", from, to]),
    ...["--dev", "/dev", "--remount-ro", "/dev"],
    ...["--size", "16000000", "--tmpfs", "/tmp", "--remount-ro", "/", "--chdir", "/tmp", "--"],
    ...command,
  ];
}
