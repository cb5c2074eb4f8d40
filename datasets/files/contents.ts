import { entriesOf, isFolder } from "./spelling.ts";

/** What people have instead of a data set's files, by name. */
const kinds: readonly (readonly [name: RegExp, what: string])[] = [
  [/^cifar-?10-(batches-)?py|^(data_batch_\d|test_batch)$/i, "the Python version; the binary one is needed"],
  [/^cifar-?10-(batches-)?mat|_batch(_\d)?\.mat$/i, "the MATLAB version; the binary one is needed"],
  [/^cifar-?100/i, "another data set, CIFAR-100"],
  [/\.(tar|tgz|tar\.gz|zip|7z|rar)$/i, "still packed: unpack it there"],
  [/\.(crdownload|part|partial|download|aria2)$/i, "an unfinished download"],
  [/\.(csv|npy|npz|pkl|pt|mat|h5|hdf5|parquet|arrow)(\.gz)?$/i, "another format"],
];

/** `FOLDER holds a, b (still packed: unpack it there) and 7 more`; what is known comes first. */
export function contentsOf(folder: string): string {
  if (!isFolder(folder)) return `There is no folder ${folder}`;
  const names = entriesOf(folder).filter((name) => !name.startsWith("."));
  if (names.length === 0) return `${folder} is empty`;
  const kindOf = (name: string): string | undefined => kinds.find(([pattern]) => pattern.test(name))?.[1];
  const known = names.filter(kindOf).sort();
  const others = names.filter((name) => !kindOf(name)).sort();
  const shown = [...known.map((name) => `${name} (${kindOf(name)})`), ...others].slice(0, 6).join(", ");
  return `${folder} holds ${shown}${names.length > 6 ? ` and ${names.length - 6} more` : ""}`;
}
