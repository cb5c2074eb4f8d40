import { boxEnvironment, type Limits, usualLimits } from "./limits.ts";
import { boxMounts, inBox } from "./mounts.ts";
import { programNamed, tried } from "./programs.ts";
import { type Wall, type WallKind, WallMissing } from "./wall.ts";

/** The image has the grader's own version of Node, so that both have the same flags. */
const image = `node:${process.versions.node}-slim`;

/** A container of Docker's or Podman's, where the kernel's namespaces are not at hand: macOS, Windows. */
export const container: WallKind = {
  name: "container",
  find(): Wall {
    const engine = engineHere();
    const { ok, why } = tried(engine, ["image", "inspect", image], clientEnvironment());
    if (!ok) throw new WallMissing(`${engine} has no image ${image} (${why}); run: ${engine} pull ${image}`);
    return {
      name: "container",
      networkOpen: false,
      open: ["programs"],
      summary: "a container without network, Node's --permission, limits",
      command(boxFolder, submissionFolder, assignment, options = {}) {
        const mounts = boxMounts(boxFolder, submissionFolder);
        const volumes = mounts.flatMap(({ from, to }) => ["--volume", `${from}:${to}:ro`]);
        const run = [...arguments_({ ...usualLimits, ...options.limits }), ...volumes, image];
        const program = ["sh", "-c", takesDescriptors, "sh", "node", ...inBox(assignment, options)];
        return {
          file: "/bin/sh",
          args: ["-c", untilItIsDead, "sh", engine, ...run, ...program],
          env: clientEnvironment(),
          cwd: "/",
        };
      },
    };
  },
};

/** @throws WallMissing if there is neither, or its service does not run */
function engineHere(): string {
  const reasons: string[] = [];
  for (const name of ["podman", "docker"]) {
    try {
      const engine = programNamed(name, `install ${name}`);
      const { ok, why } = tried(engine, ["info"], clientEnvironment());
      if (ok) return engine;
      reasons.push(why);
    } catch (error) {
      if (!(error instanceof WallMissing)) throw error;
      reasons.push(error.message);
    }
  }
  throw new WallMissing(reasons.join("; "));
}

function arguments_({ memory, cpu, processes, file, files }: Limits): string[] {
  const ulimits = { data: memory, cpu, fsize: file, nofile: files, core: 0 };
  return [
    ...[
      "--interactive",
      "--rm",
      "--network",
      "none",
      "--read-only",
      "--cap-drop",
      "ALL",
      "--user",
      "65534:65534",
    ],
    ...["--security-opt", "no-new-privileges", "--pids-limit", `${processes}`, "--workdir", "/tmp"],
    ...["--memory", `${2 * memory}`, "--memory-swap", `${2 * memory}`, "--tmpfs", "/tmp:size=16m"],
    ...Object.entries(ulimits).flatMap(([name, value]) => ["--ulimit", `${name}=${value}:${value}`]),
    ...Object.entries(boxEnvironment).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
  ];
}

/** An engine passes stdin and stdout only: they carry descriptors 3 and 4, and what is printed goes to stderr. */
const takesDescriptors = 'exec 3<&0 4>&1 </dev/null >&2; exec "$@"';

/** Becomes the engine's client. A watcher of its own session kills the container when the client has ended. */
const untilItIsDead: string = `
engine=$1; shift; name=chalk-$$-$(date +%s); leave=; command -v setsid >/dev/null && leave=setsid || set -m
$leave /bin/sh -c 'while kill -0 $0 && kill -0 ${process.pid}; do sleep 0.1; done; $1 kill $2' $$ "$engine" "$name" \\
  </dev/null >/dev/null 2>&1 3>&- 4>&- &
exec "$engine" run --name "$name" "$@" <&3 >&4`;

/** What the client needs to find its service. */
function clientEnvironment(): Record<string, string> {
  const names = [
    "PATH",
    "HOME",
    "DOCKER_HOST",
    "DOCKER_CONFIG",
    "DOCKER_CONTEXT",
    "CONTAINER_HOST",
    "XDG_RUNTIME_DIR",
  ];
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] as string]])),
  );
}
