#!/usr/bin/env node
// A committed stub: npm links the command before `prepare` has built anything.
import { existsSync } from "node:fs";

const main = new URL("../dist/cli/main.js", import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  console.error("chalk-and-tape is not built yet. Run `npm run build` in its folder, then try again.");
  process.exit(2);
}
