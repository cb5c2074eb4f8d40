import { boxEnvironment } from "./limits.ts";
import { plainProgram } from "./mounts.ts";
import type { Wall } from "./wall.ts";

/** No wall but Node's --permission. For `--unsafe`, and for the self-test's controls. */
export const noWall: Wall = {
  name: "none (--unsafe)",
  networkOpen: true,
  open: ["files", "network", "programs", "processes", "memory", "file size", "processor"],
  summary: "Node's --permission only; a submission can reach the network and signal other processes",
  command(boxFolder, submissionFolder, assignment, options) {
    const [file = "", ...args] = plainProgram(boxFolder, submissionFolder, assignment, options);
    return { file, args, env: boxEnvironment, cwd: "/" };
  },
};
