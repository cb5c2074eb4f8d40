/** Entries that one student's folder or zip may have. An answer is one file. */
export const mostEntries = 1000;
/** Entries that the archive of a whole class may have. */
export const mostEntriesOfClass = 20_000;
/** Bytes that one student's files may have together, unpacked. */
export const mostBytes: number = 20 * 2 ** 20;
/** Bytes that a class archive may have together, unpacked. */
export const mostBytesOfClass: number = 2 ** 30;
/** Unpacked bytes for each packed one; text reaches about 20, and a flood 1,000. */
export const mostRatio = 100;
/** Folders in folders. */
export const mostDepth = 12;
