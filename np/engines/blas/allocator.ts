import type { Koffi } from "./library.ts";

/** As glibc's malloc.h numbers them. */
const [trimThreshold, mmapThreshold] = [-1, -3];
const mebibyte = 2 ** 20;

/**
 * glibc gives freed memory back to the system as soon as some megabytes lie free at the end of its heap, and asks for it again page by page, zeroed,
 * when the next step makes its arrays: some 100 pages a step of `Mlp` at batch 512, 1000 of CifarNet. From now on it keeps 256 MiB, and takes arrays of
 * up to 32 MiB, the most it allows, from what it keeps. Where there is no glibc nothing happens.
 * @see mallopt(3), Linux Programmer's Manual
 */
export function keepFreedMemory(koffi: Koffi): void {
  if (globalThis.process?.platform !== "linux") return;
  try {
    const mallopt = koffi.load("libc.so.6").func("int mallopt(int, int)");
    mallopt(trimThreshold, 256 * mebibyte);
    mallopt(mmapThreshold, 32 * mebibyte);
  } catch {
    // another libc: it keeps what it likes
  }
}
