/** The operations of a program, in the order of their numbers. */
export const operations = [
  "add",
  "mul",
  "neg",
  "exp",
  "relu",
  "matmul",
  "sum",
  "reshape",
  "broadcastTo",
] as const;

export type Operation = (typeof operations)[number];

/** The columns of a program's rows: what each number of a row means. */
export const columns = {
  /** The place in `operations`. */
  operation: 0,
  /** The node that is read first; leaves are counted before results. */
  a: 1,
  /** The node that is read second. */
  b: 2,
  /** How often the operation is done in a row, each time on its last result. */
  times: 3,
  keepDims: 4,
  /** How many numbers follow; −1 stands for null, −2 for one number that is no list. */
  count: 5,
  /** The axes or the shape. */
  first: 6,
} as const;

/** Numbers in a row. An array of the assignment has at most four axes. */
export const rowLength = 10;
