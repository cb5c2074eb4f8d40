/** One entry of a tar archive, as an attacker may write it. */
export interface TarEntry {
  readonly path: string;
  /** The type flag: "0" a file (default), "1" a hard link, "2" a symbolic link, "5" a folder, "x" an extended header … */
  readonly type?: string;
  readonly linkpath?: string;
  readonly content?: Uint8Array;
  /** What the header says; default: the content's. */
  readonly sizeBytes?: number;
  readonly damageChecksum?: boolean;
}

/** A tar archive of these entries in this order, whatever they are. */
export function tarOf(entries: readonly TarEntry[]): Uint8Array {
  return Buffer.concat([...entries.map(block), new Uint8Array(1024)]);
}

function block({
  path,
  type = "0",
  linkpath = "",
  content,
  sizeBytes,
  damageChecksum,
}: TarEntry): Uint8Array {
  const data = content ?? new Uint8Array();
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write("0000644\0", 100);
  header.write("0001750\0", 108);
  header.write("0001750\0", 116);
  header.write(`${(sizeBytes ?? data.length).toString(8).padStart(11, "0")}\0`, 124);
  header.write("11212377000\0", 136);
  header.write("        ", 148);
  header.write(type, 156);
  header.write(linkpath, 157, 100);
  header.write("ustar\u000000", 257);
  const sum = header.reduce((total, byte) => total + byte, damageChecksum ? 1 : 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return Buffer.concat([header, data, new Uint8Array((512 - (data.length % 512)) % 512)]);
}

/** The extended header that gives the next entry these fields. */
export function pax(fields: Readonly<Record<string, string>>): TarEntry {
  const records = Object.entries(fields).map(([name, value]) => {
    const rest = ` ${name}=${value}\n`;
    // The length counts its own digits.
    const length = [1, 2, 3]
      .map((digits) => rest.length + digits)
      .find((n) => n === rest.length + String(n).length);
    return `${length}${rest}`;
  });
  return { path: "PaxHeader", type: "x", content: Buffer.from(records.join("")) };
}
