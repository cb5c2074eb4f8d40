import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (file) => fileURLToPath(new URL(file, import.meta.url));

/** A package of bench/package.json: its version, or null where it is not installed. */
export function installed(name) {
  const manifest = path(`../node_modules/${name}/package.json`);
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")).version : null;
}

/** What a contender says that is not installed. */
export const notInstalled = "not installed; `npm ci --prefix bench` installs what ours is measured beside";

/** A peer's training step, and its import. */
export const peerCommands = (folder, name) => ({
  step: () => ({
    file: process.execPath,
    args: [path(`../programs/${folder}/step.mjs`)],
    settings: {},
    env: {},
  }),
  import: () => ({
    file: process.execPath,
    args: ["--input-type=module", "--eval", `import "${path(`../node_modules/${name}`)}/${entry(name)}"`],
    env: {},
  }),
});

/** An absolute path knows no "exports": the file is named. */
const entry = (name) => (name.startsWith("@tensorflow") ? "dist/tf.node.js" : "dist/index.js");
