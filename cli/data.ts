import { join } from "node:path";
import type { Command } from "commander";
import {
  catalogue,
  catalogueEntry,
  type DataRoot,
  type FileReport,
  type FileSet,
  fetchFiles,
  findDataRoot,
  locateFile,
  verifyFiles,
} from "../datasets/index.ts";
import { fetchProgress } from "./data-progress.ts";
import { folder } from "./folder.ts";

interface Options {
  readonly data?: string;
  readonly json?: boolean;
}

/** Where the path of the data folder comes from, for `where`. */
const origin: Readonly<Record<DataRoot["from"], string>> = {
  option: "--data",
  CHALK_DATA: "the variable CHALK_DATA",
  cache: "the user's cache directory, since neither --data nor CHALK_DATA is given",
};

/**
 * `data list|where|verify|fetch`. Results go to stdout, with --json as one document; progress goes to stderr.
 * `fileSets` holds each dataset's files and their addresses; tests pass their own.
 */
export function dataCommand(
  data: Command,
  fileSets: Readonly<Record<string, FileSet>> = filesOfCatalogue(),
): Command {
  const filesOf = (name: string): FileSet | undefined => {
    catalogueEntry(name); // Throws for an unknown name.
    return fileSets[name];
  };
  add(data, "list", "list every dataset, and whether it is on this machine").action((options: Options) =>
    list(fileSets, options),
  );
  add(data, "where", "print the data folder").action(where);
  add(
    data,
    "verify [names...]",
    "check files against their checksums, by default those of all datasets on this machine; exit status 1 if one is missing, damaged or cannot be checked",
  ).action((names: string[], options: Options) =>
    verify(names.length > 0 ? names : here(fileSets, options), filesOf, options),
  );
  add(data, "fetch <name>", "download missing or damaged files, and check them").action(
    (name: string, options: Options) => fetchOne(name, filesOf(name), options),
  );
  return data;
}

function add(parent: Command, usage: string, description: string): Command {
  return parent
    .command(usage)
    .description(description)
    .option("--data <dir>", "the data folder; default: CHALK_DATA, or the user's cache directory", folder)
    .option("--json", "print one JSON document");
}

function filesOfCatalogue(): Record<string, FileSet> {
  return Object.fromEntries(
    Object.entries(catalogue).flatMap(([name, { files }]) => (files ? [[name, files] as const] : [])),
  );
}

/** The datasets with at least one file here; all datasets if there are none. */
function here(fileSets: Readonly<Record<string, FileSet>>, options: Options): string[] {
  const root = findDataRoot(options.data).path;
  const names = Object.keys(fileSets);
  const found = names.filter((name) => {
    const set = fileSets[name] as FileSet;
    return set.files.some((file) => locateFile(set, root, file.name));
  });
  return found.length > 0 ? found : names;
}

function list(fileSets: Readonly<Record<string, FileSet>>, options: Options): void {
  const root = findDataRoot(options.data).path;
  const datasets = Object.entries(catalogue).map(([name, { description }]) => {
    const set = fileSets[name];
    if (!set) return { name, description, status: "generated", path: null };
    const here = set.files.filter((file) => locateFile(set, root, file.name)).length;
    const status = here === set.files.length ? "present" : here === 0 ? "absent" : "incomplete";
    return { name, description, status, path: join(root, set.folder) };
  });
  print(options, { root, datasets }, () => {
    const lines = datasets.map(
      ({ name, description, status }) => `${name.padEnd(15)}${status.padEnd(12)}${description}`,
    );
    const absent = datasets.filter(({ status }) => status === "absent" || status === "incomplete");
    return [...lines, ...absent.map(({ name }) => `To get it: npx chalk-and-tape data fetch ${name}`)];
  });
}

function where(options: Options): void {
  const { path, from } = findDataRoot(options.data);
  print(options, { root: path, from }, () => [path, `(from ${origin[from]})`]);
}

async function verify(
  names: readonly string[],
  filesOf: (name: string) => FileSet | undefined,
  options: Options,
): Promise<void> {
  const root = findDataRoot(options.data).path;
  const sets = names.map((name) => ({ name, set: filesOf(name) }));
  const datasets: { name: string; ok: boolean; files: readonly FileReport[] }[] = [];
  for (const { name, set } of sets) {
    const files = set ? await verifyFiles(set, root, (report) => console.error(describe(report))) : [];
    datasets.push({ name, ok: files.every(({ status }) => status === "ok"), files });
  }
  print(options, { root, ok: datasets.every(({ ok }) => ok), datasets }, () =>
    datasets.map(({ name, ok, files }) => {
      if (files.length === 0) return `${name}: generated from a seed, so there are no files to check`;
      if (ok) return `${name}: ${files.length} files, all verified`;
      const bad = files.filter(({ status }) => status === "missing" || status === "damaged").length;
      const unverified = files.filter(({ status }) => status === "unverified").length;
      const what = [
        bad > 0 ? `${bad} of ${files.length} files missing or damaged` : "",
        unverified > 0 ? `${unverified} of the right size, but without a known checksum` : "",
      ];
      return `${name}: ${what.filter(Boolean).join(", ")}; npx chalk-and-tape data fetch ${name} downloads the published files`;
    }),
  );
  if (datasets.some(({ ok }) => !ok)) process.exitCode = 1;
}

function describe({ name, path, status, found }: FileReport): string {
  return `${status.padEnd(11)}${path ?? name}${found && `: ${found}`}`;
}

async function fetchOne(name: string, set: FileSet | undefined, options: Options): Promise<void> {
  const root = findDataRoot(options.data).path;
  const files: { name: string; path: string; status: string }[] = [];
  const result = { root, dataset: name, files };
  if (!set)
    return print(options, result, () => [`${name}: generated from a seed, so there is nothing to fetch`]);
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  const progress = await fetchProgress();
  process.once("SIGINT", interrupt);
  try {
    await fetchFiles(set, root, {
      signal: interrupted.signal,
      onEvent: (event) => {
        progress(event);
        if (event.kind === "present" || event.kind === "fetched")
          files.push({ name: event.file, path: event.path, status: event.kind });
      },
    });
    print(options, result, () => [
      `${name}: ${files.length} files in ${join(root, set.folder)}, all verified`,
    ]);
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    console.error(
      `Interrupted. Complete files stay in ${join(root, set.folder)}; partial downloads were removed.`,
    );
    process.exitCode = 130;
  } finally {
    process.off("SIGINT", interrupt);
    progress(null);
  }
}

function print(options: Options, document: unknown, lines: () => readonly string[]): void {
  console.log(options.json ? JSON.stringify(document, null, 2) : lines().join("\n"));
}
