import { createRequire } from "node:module";

export type NativeFunction = (...args: readonly unknown[]) => unknown;

/** A native library that is loaded. */
export interface NativeLibrary {
  func(name: string, result: string, parameters: readonly string[]): NativeFunction;
  symbol(name: string): unknown;
}

/** The part of `koffi` that we use: a foreign function interface with prebuilt binaries. */
export interface Koffi {
  load(file: string, options: { readonly global: boolean; readonly lazy: boolean }): NativeLibrary;
  address(x: unknown): bigint;
}

/** `koffi` is an optional dependency, so it is loaded when it is needed. @throws Error if it is not installed */
export function loadKoffi(): Koffi {
  return createRequire(import.meta.url)("koffi");
}
