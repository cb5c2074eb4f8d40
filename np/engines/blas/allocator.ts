import type { Koffi } from "./library.ts";

/** Option numbers from glibc's malloc.h. */
const [trimThreshold, mmapThreshold] = [-1, -3];
const mebibyte = 2 ** 20;

/**
 * Makes glibc keep 256 MiB of freed memory, and serve arrays of up to 32 MiB, its maximum, from it.
 * By default it returns memory to the system once a few megabytes at the end of its heap are free,
 * and requests it again, zeroed page by page, when the next step allocates its arrays: about 100
 * pages per step of `Mlp` at batch size 512, and 1000 of CifarNet. Does nothing without glibc.
 * @see mallopt(3), Linux Programmer's Manual
 */
export function keepFreedMemory(koffi: Koffi): void {
  if (globalThis.process?.platform !== "linux") return;
  try {
    const mallopt = koffi.load("libc.so.6").func("int mallopt(int, int)");
    mallopt(trimThreshold, 256 * mebibyte);
    mallopt(mmapThreshold, 32 * mebibyte);
  } catch {
    // another libc, without these options
  }
}
