import type { FloatArray } from "../../engine.ts";
import { type Candidate, candidates } from "./candidates.ts";

/** CBLAS's constants for order and transposition. */
const rowMajor = 101;
const [noTrans, trans] = [111, 112];

/**
 * C ← A · B, or C + A · B if `add`, by the machine's library. Rows start `lda`, `ldb`, `ldc`
 * elements apart; `transA` and `transB` say that the data is the transpose. Memory is an array or
 * an address.
 */
export type Gemm<A extends FloatArray> = (
  transA: boolean,
  transB: boolean,
  m: number,
  n: number,
  k: number,
  a: A | number,
  lda: number,
  b: A | number,
  ldb: number,
  c: A | number,
  ldc: number,
  add: boolean,
) => void;

/** y ← y + scale · x. */
export type Axpy<A extends FloatArray> = (scale: number, x: A, y: A) => void;

/** The routines that we call, for one number type. */
export interface Routines<A extends FloatArray> {
  readonly gemm: Gemm<A>;
  readonly axpy: Axpy<A>;
}

/** A BLAS that was found, loaded, and gave a correct product. */
export interface BlasLibrary {
  /** `OpenBLAS (libopenblas.so.0)` */
  readonly description: string;
  readonly tried: boolean;
  readonly float32: Routines<Float32Array>;
  readonly float64: Routines<Float64Array>;
}

/** The part of `koffi` that we use: a foreign function interface with prebuilt binaries. */
export interface Koffi {
  load(file: string): { func(prototype: string): (...args: readonly unknown[]) => unknown };
}

/** The part of `koffi` that the threads of one process use: memory by its address. */
export interface Addresses {
  /** The address of a typed array's memory. */
  address(memory: ArrayBufferView): bigint;
  /**
   * Memory of `bytes` bytes at an address, not copied; valid only as long as its owner is alive.
   */
  view(address: bigint, bytes: number): ArrayBuffer;
}

/** A library, or why there is none. */
export type Found = { readonly library: BlasLibrary } | NoBlas;

export interface NoBlas {
  /** One line. */
  readonly summary: string;
  /** What to install; absent if that would not help. */
  readonly missing?: "koffi" | "library";
  /** One line for each file that was looked for. */
  readonly reasons: readonly string[];
}

/**
 * Looks for a BLAS. Never throws: a library that is missing, too old, built for 64-bit integers or
 * wrong becomes a reason.
 */
export function findBlas(platform: string | undefined, koffi: () => Koffi): Found {
  const known = candidates[platform ?? ""] ?? [];
  if (known.length === 0) return noBlas(`no BLAS is known for the platform ${platform ?? "of a browser"}`);
  let load: Koffi["load"];
  try {
    load = koffi().load;
  } catch (error) {
    const why = whyNoKoffi(error);
    const found = noBlas(`koffi, which calls native libraries, ${why} (${message(error)})`);
    return why === notInstalled ? { ...found, missing: "koffi" } : found;
  }
  const [absent, unusable]: [string[], string[]] = [[], []];
  for (const candidate of known) {
    for (const file of candidate.files) {
      let reasons = absent;
      try {
        const library = load(file);
        reasons = unusable;
        return { library: open(candidate, file, library) };
      } catch (error) {
        reasons.push(`${candidate.name}, ${file}: ${message(error)}`);
      }
    }
  }
  const names = known.map(({ name }) => name).join(", ");
  return {
    summary: unusable.length > 0 ? unusable.join("; ") : `no BLAS found (looked for ${names})`,
    missing: "library",
    reasons: [...unusable, ...absent],
  };
}

const notInstalled = "is not installed";

/** What keeps koffi from being loaded: `node --permission` forbids reading files, and native addons. */
function whyNoKoffi(error: unknown): string {
  const { code } = error as { code?: unknown };
  if (code === "ERR_DLOPEN_DISABLED")
    return "may not be loaded; under node --permission, --allow-addons allows it";
  if (code === "ERR_ACCESS_DENIED")
    return "may not be read; under node --permission, --allow-fs-read allows it";
  return notInstalled;
}

function noBlas(summary: string): NoBlas {
  return { summary, reasons: [summary] };
}

function message(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0] as string;
}

function open(candidate: Candidate, file: string, library: ReturnType<Koffi["load"]>): BlasLibrary {
  if (candidate.config) {
    const config = String(library.func(`const char *${candidate.config}(void)`)());
    if (config.includes("USE64BITINT"))
      throw new TypeError("is built for 64-bit integers; install the build for 32-bit ones");
  }
  const routines = <A extends FloatArray>(letter: "s" | "d", real: "float" | "double"): Routines<A> => {
    const addScaled = library.func(`void cblas_${letter}axpy(int, ${real}, const void *, int, void *, int)`);
    const multiply = library.func(
      `void cblas_${letter}gemm(int, int, int, int, int, int, ${real}, const void *, int, const void *, int, ${real}, void *, int)`,
    );
    const gemm: Gemm<A> = (transA, transB, m, n, k, a, lda, b, ldb, c, ldc, add) =>
      void multiply(
        rowMajor,
        transA ? trans : noTrans,
        transB ? trans : noTrans,
        m,
        n,
        k,
        1,
        a,
        lda,
        b,
        ldb,
        add ? 1 : 0,
        c,
        ldc,
      );
    const axpy: Axpy<A> = (scale, x, y) => void addScaled(y.length, scale, x, 1, y, 1);
    return { gemm, axpy };
  };
  const found = {
    float32: routines<Float32Array>("s", "float"),
    float64: routines<Float64Array>("d", "double"),
  };
  expectRight(found.float32, (values) => Float32Array.from(values));
  expectRight(found.float64, (values) => Float64Array.from(values));
  if (candidate.setThreads) library.func(`void ${candidate.setThreads}(int)`)(1); // we manage threads ourselves
  return { description: `${candidate.name} (${file})`, tried: candidate.tried, ...found };
}

/** Sums and products of small integers are exact in any precision and in any order. */
function expectRight<A extends FloatArray>(
  { gemm, axpy }: Routines<A>,
  array: (values: number[]) => A,
): void {
  const [m, n, k] = [5, 7, 3];
  const a = Array.from({ length: m * k }, (_, i) => (i % 5) - 2);
  const b = Array.from({ length: n * k }, (_, i) => (i % 7) - 3); // (n, k): given as its transpose
  const c = array(new Array<number>(m * n).fill(Number.NaN)); // β = 0 must overwrite, not multiply
  for (const times of [1, 2]) {
    gemm(false, true, m, n, k, array(a), k, array(b), k, c, n, times > 1);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let p = 0; p < k; p++) sum += times * (a[i * k + p] as number) * (b[j * k + p] as number);
        if (c[i * n + j] !== sum) throw new TypeError("gives a wrong product; is it another version?");
      }
    }
  }
  const y = array([1, 2, 3]);
  axpy(-2, array([4, 5, 6]), y);
  if (y.join() !== "-7,-8,-9") throw new TypeError("gives a wrong sum; is it another version?");
}
