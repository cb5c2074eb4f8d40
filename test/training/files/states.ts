import { readFileSync } from "node:fs";
import { expect } from "chai";
import type { NDArray } from "chalk-and-tape/np";

/** A file of test/fixtures/state/; tests run from .build/test/training/files/. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../../../test/fixtures/state/${name}`, import.meta.url)));
}

/** The bits, so that −0 is not 0 and NaN is NaN. */
function bits(x: NDArray): number[] {
  const flat = x.copy().flat();
  return [...new Uint8Array(flat.buffer, flat.byteOffset, flat.byteLength)];
}

/** The same keys, dtypes, shapes and bits. */
export function expectEqualStates(
  found: Readonly<Record<string, NDArray>>,
  wanted: Readonly<Record<string, NDArray>>,
): void {
  expect(Object.keys(found).sort()).to.deep.equal(Object.keys(wanted).sort());
  for (const [key, x] of Object.entries(wanted)) {
    const y = found[key] as NDArray;
    expect([y.dtype, y.shape, bits(y)], key).to.deep.equal([x.dtype, x.shape, bits(x)]);
  }
}
