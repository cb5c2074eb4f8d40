import { expectArgument, having, text } from "../np/internal.ts";
import type { Picture } from "./picture.ts";
import { standalone } from "./standalone.ts";
import { toSvg } from "./svg.ts";

/** The object that the tslab kernel puts in the global scope of its cells. */
interface Kernel {
  require(name: "tslab"): { readonly display: { svg(svg: string): void } };
}

type FileSystem = typeof import("node:fs/promises");

const anyPicture = having<Picture>("a picture, such as line(y)", "toMimeBundle");

/** How every file that `show` writes begins, so that it replaces its own files and no others. */
const beginning = '<svg role="img" aria-label=';

let shown = 0;

/**
 * Shows a picture: as the output of a notebook's cell; elsewhere it writes picture-1.svg,
 * picture-2.svg and so on into the current folder, and prints where. With a path, writes that file.
 * @throws RangeError for a path that does not end in .svg
 */
export async function show(picture: Picture, path?: string): Promise<void> {
  expectArgument("show", "picture", anyPicture, picture);
  if (path !== undefined) expectArgument("show", "path", text, path);
  if (path !== undefined && !path.endsWith(".svg")) {
    throw new RangeError(`show: path is ${JSON.stringify(path)}, expected a name that ends in .svg`);
  }
  const svg = standalone(await toSvg(picture));
  const kernel = (globalThis as { __tslab__?: Kernel }).__tslab__;
  if (kernel && path === undefined) {
    kernel.require("tslab").display.svg(svg);
    return;
  }
  const files = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  const paths = globalThis.process?.getBuiltinModule?.("node:path");
  if (!files || !paths) {
    throw new TypeError(
      "show: there is no file system here; put the text of await toSvg(picture) into the page",
    );
  }
  const file = paths.resolve(path ?? (await freeName(files)));
  await files.writeFile(file, svg);
  console.log(`Picture: ${file}`);
}

/** The next picture-….svg that is not there yet, or that an earlier run wrote. */
async function freeName(files: FileSystem): Promise<string> {
  for (;;) {
    shown += 1;
    const name = `picture-${shown}.svg`;
    const before = await files.readFile(name, "utf8").catch(() => beginning);
    if (before.startsWith(beginning)) return name;
  }
}
