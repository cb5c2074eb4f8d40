import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { mountPoint } from "../box/box.ts";
import { boxEnvironment } from "./limits.ts";
import { boxMounts, type Mount, systemMounts, walledProgram } from "./mounts.ts";
import { librariesOf, programNamed, tried } from "./programs.ts";
import { freshUser, isRoot, withoutRights } from "./users.ts";
import { type Wall, type WallKind, WallMissing } from "./wall.ts";

const util = "install util-linux";
const core = "install coreutils";

/** The same namespaces as bubblewrap's, put together with `unshare`, `mount` and `chroot`. */
export const namespaces: WallKind = {
  name: "unshare",
  find(): Wall {
    const [file = "", ...start] = unshared();
    const { ok, why } = tried(file, [...start, "/bin/sh", "-c", ":"]);
    if (!ok) throw new WallMissing(`unshare does not start: ${why}; it needs unprivileged user namespaces`);
    return {
      name: "unshare",
      networkOpen: false,
      open: [],
      summary: "namespaces of its own and a chroot, Node's --permission, limits",
      command(boxFolder, submissionFolder, assignment, options) {
        const mounts = [...systemMounts(), ...ownPrograms(), ...boxMounts(boxFolder, submissionFolder)];
        const program = walledProgram(assignment, options);
        const script = scriptFor(join(boxFolder, mountPoint), mounts, program);
        return { file, args: [...start, "/bin/sh", "-c", script], env: boxEnvironment, cwd: "/" };
      },
    };
  },
};

/** As root there is no user namespace, because the process becomes another user; else it is root in one of its own. */
function unshared(): string[] {
  return [
    programNamed("unshare", util),
    ...(isRoot ? [] : ["--user", "--map-root-user"]),
    ...["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child", "--propagation", "private"],
  ];
}

/** `setpriv` drops all rights after `chroot` has used them. */
function ownPrograms(): readonly Mount[] {
  const setpriv = programNamed("setpriv", util);
  const known = new Set(systemMounts().map(({ to }) => to));
  const libraries = librariesOf(setpriv).filter((path) => !known.has(path));
  return [{ from: setpriv, to: "/bin/setpriv" }, ...libraries.map((path) => ({ from: path, to: path }))];
}

/** Builds a root of mounts on an empty folder, seen in this namespace only, and runs the program in it. */
function scriptFor(root: string, mounts: readonly Mount[], program: readonly string[]): string {
  const [mount, mkdir, chroot] = [
    programNamed("mount", util),
    programNamed("mkdir", core),
    programNamed("chroot", core),
  ];
  const bind = ({ from, to }: Mount, options: string): string[] => {
    const at = quoted(`${root}${to}`);
    const isFolder = statSync(from).isDirectory();
    return [
      `${mkdir} -p ${quoted(isFolder ? `${root}${to}` : dirname(`${root}${to}`))}`,
      ...(isFolder ? [] : [`: > ${at}`]),
      `${mount} --bind ${quoted(from)} ${at}`,
      `${mount} -o remount,bind,${options} ${at}`,
    ];
  };
  const devices = ["/dev/null", "/dev/urandom"].map((path) => ({ from: path, to: path }));
  return [
    "set -e",
    `${mount} -t tmpfs -o size=1m,mode=755 tmpfs ${quoted(root)}`,
    ...mounts.flatMap((one) => bind(one, "ro,nosuid,nodev")),
    ...devices.flatMap((one) => bind(one, "nosuid,noexec")),
    `${mkdir} ${quoted(`${root}/tmp`)}`,
    `${mount} -t tmpfs -o size=16m,mode=1777,nosuid,nodev tmpfs ${quoted(`${root}/tmp`)}`,
    `${mount} -o remount,bind,ro ${quoted(root)}`,
    ["exec", chroot, root, "/bin/setpriv", ...withoutRights(isRoot ? freshUser() : null), ...program]
      .map(quoted)
      .join(" "),
  ].join("\n");
}

function quoted(word: string): string {
  return /^[\w/=.:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
