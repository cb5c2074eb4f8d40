/** One entry of a tar archive, as a stream of its bytes. */
export interface Entry {
  /** With what extended headers say. */
  readonly path: string;
  /** "File", "Directory", "SymbolicLink" … */
  readonly type: string;
  readonly size: number;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  /** Reads it to its end, to nobody. */
  resume(): void;
}

/** The parser of the package tar by what it has: its own types want those of a newer Node. It reads only, and knows no file. */
export interface TarParser {
  on(event: "entry" | "ignoredEntry", listener: (entry: Entry) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  write(chunk: Uint8Array): boolean;
  end(): void;
}

type ParserClass = new (options: Readonly<Record<string, unknown>>) => TarParser;

/** Loaded when an archive is to be unpacked: no other command has to wait for it. */
export async function loadParser(): Promise<ParserClass> {
  const { Parser } = (await import("tar" as string)) as { Parser: ParserClass };
  return Parser;
}
