import { join } from "node:path";
import { DataError } from "../errors.ts";
import { contentsOf } from "./contents.ts";
import { type FileSet, folderOf } from "./file-set.ts";
import { findFile, isFolder } from "./spelling.ts";

/**
 * The error for files that are not there; says what is there instead. `wanted` is how the message
 * names them.
 */
export function missingFiles(set: FileSet, root: string, wanted: string, advice: string): DataError {
  return new DataError(`${root}: no file ${set.folder}/${wanted}. ${whatIsThere(set, root)}. ${advice}`);
}

function whatIsThere(set: FileSet, root: string): string {
  const place = join(root, set.folder);
  const folder = folderOf(set, root);
  const astray = set.files.find(({ name }) => findFile(root, name));
  if (folder !== null || !astray) return contentsOf(folder ?? (isFolder(place) ? place : root));
  return `${root} itself holds ${astray.name}: move the files of this data set to ${place}`;
}
