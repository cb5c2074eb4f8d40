import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../folder.ts";
import { packageFile, writePackageFiles } from "../new/write-starter.ts";
import { packageFolder } from "../package-folder.ts";

/**
 * Copies an assignment's edition into a folder. A new one also gets package.json, tsconfig.json and .gitignore; one that
 * chalk-and-tape has made before keeps all that it has.
 * @returns the names of the files that it wrote
 * @throws RangeError for a folder of something else, and for one that has this assignment already
 */
export function writeHomework(id: string, folder: string): readonly string[] {
  const edition = join(packageFolder, "homework", id, "edition");
  if (!existsSync(join(edition, `${id}.ts`))) throw new RangeError(`${id} has no edition for students yet`);
  const isNew = expectRoom(id, folder);
  makeFolder(folder);
  const names = readdirSync(edition).filter((name) => !existsSync(join(folder, name)));
  for (const name of names) copyFileSync(join(edition, name), join(folder, name));
  if (!isNew) return names;
  const scripts = {
    check: `chalk-and-tape homework check ${id}`,
    types: "node node_modules/typescript/bin/tsc --noEmit",
    notebook: "chalk-and-tape notebook .",
  };
  writeFileSync(join(folder, "package.json"), packageFile(folder, scripts));
  copyFileSync(join(packageFolder, "starter", "tsconfig.json"), join(folder, "tsconfig.json"));
  writePackageFiles(folder);
  return readdirSync(folder).sort();
}

/** Whether the folder is new or empty. */
function expectRoom(id: string, folder: string): boolean {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  if (names.length === 0) return true;
  if (names.includes(`${id}.ts`))
    throw new RangeError(
      `${join(folder, `${id}.ts`)} exists already, and it may hold your work; choose another folder`,
    );
  if (!dependsOnUs(folder))
    throw new RangeError(
      `${folder} is not empty, and no folder of chalk-and-tape: it holds ${names.slice(0, 3).join(", ")}. Choose a new folder, such as ${join(folder, id)}`,
    );
  return false;
}

function dependsOnUs(folder: string): boolean {
  try {
    const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return Object.hasOwn(dependencies, "chalk-and-tape");
  } catch {
    return false;
  }
}
