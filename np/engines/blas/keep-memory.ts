import type { Koffi } from "./library.ts";

// Names of glibc's malloc.h.
const [trimThreshold, mmapThreshold] = [-1, -3];
const bytes = 2 ** 30;

/**
 * Asks glibc to keep what is freed for the next arrays. Else large memory is given back at once, and a new array of 8 MB begins with
 * 2,048 page faults, 1 to 2 µs each, more than the work that fills it. The peak of memory stays what it is. Nothing on other systems.
 */
export function keepFreedMemory(load: Koffi["load"]): void {
  try {
    const set = load("libc.so.6").func("int mallopt(int, int)");
    for (const parameter of [mmapThreshold, trimThreshold]) set(parameter, bytes);
  } catch {
    // another C library: its malloc does as it does
  }
}
