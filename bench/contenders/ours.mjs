import { fileURLToPath } from "node:url";
import { engineReports } from "chalk-and-tape/np";

const programs = fileURLToPath(new URL("../programs/ours/", import.meta.url));

/** One side on one engine, in a process of its own, through the package's public entries. */
export function ours(name, side, engine, kinds) {
  const { available, details } = engineReports().find((report) => report.name === engine);
  return {
    name: `${name}-${engine}`,
    what: `${name} of chalk-and-tape, engine ${engine}: ${details.join("; ")}`,
    ours: true,
    absent: available ? null : details.join("; "),
    command: (job) =>
      kinds.includes(job.kind)
        ? {
            file: process.execPath,
            args: [`${programs}${job.kind}.mjs`],
            settings: { side },
            env: { CHALK_ENGINE: engine },
          }
        : null,
  };
}
