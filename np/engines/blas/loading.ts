import { addressesLeft } from "../address-space.ts";

/** What OpenBLAS needs to load and to multiply on a few threads, with room to spare. */
const needed = 512 * 2 ** 20;

/**
 * Why a BLAS must not be loaded here; null if it may. OpenBLAS maps its buffers when it is loaded,
 * and tries again for ever if it cannot.
 */
export function whyNoRoom(): string | null {
  const left = addressesLeft();
  if (left === null || left >= needed) return null;
  return `\`ulimit -v\` leaves ${Math.floor(left / 1e6)} MB of addresses, too few to load a BLAS; \`ulimit -d\` limits memory without this`;
}

/**
 * Loads a BLAS that plans for one thread, since we manage threads ourselves: otherwise OpenBLAS
 * starts one thread per core, and maps memory for each, before we can set their number.
 */
export function forOneThread<T>(load: () => T): T {
  const env = globalThis.process?.env ?? {};
  const { OPENBLAS_NUM_THREADS: before } = env;
  env.OPENBLAS_NUM_THREADS = "1";
  try {
    return load();
  } finally {
    if (before === undefined) delete env.OPENBLAS_NUM_THREADS;
    else env.OPENBLAS_NUM_THREADS = before;
  }
}
