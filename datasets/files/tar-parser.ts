/** One entry of a tar archive, as a stream of its bytes. */
export interface Entry {
  /** The path, with extended headers applied. */
  readonly path: string;
  /** "File", "Directory", "SymbolicLink" … */
  readonly type: string;
  readonly size: number;
  on(event: "data", listener: (chunk: Uint8Array) => void): unknown;
  on(event: "end", listener: () => void): unknown;
  /** Reads it to its end and discards the bytes. */
  resume(): void;
}

/**
 * The part of the tar package's parser used here: its own types require a newer Node. It only
 * parses, and never touches files.
 */
export interface TarParser {
  on(event: "entry" | "ignoredEntry", listener: (entry: Entry) => void): unknown;
  on(event: "error", listener: (error: Error) => void): unknown;
  write(chunk: Uint8Array): boolean;
  end(): void;
}

type ParserClass = new (options: Readonly<Record<string, unknown>>) => TarParser;

/** Loads the parser when an archive is unpacked, so that no other command waits for it. */
export async function loadParser(): Promise<ParserClass> {
  const { Parser } = (await import("tar" as string)) as { Parser: ParserClass };
  return Parser;
}
