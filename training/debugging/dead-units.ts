import type { NDArray } from "../../np/index.ts";

/** The units of one layer whose output was always 0. */
export interface DeadUnits {
  /** `layers[1] (ReLU)`. */
  readonly layer: string;
  /** Indices of the dead units: columns of (N, M), channels of images (N, C, H, W). */
  readonly dead: readonly number[];
  readonly units: number;
}

/** Watches the outputs of ReLUs over many batches, to find units that were 0 for every item. */
export class UnitWatch {
  readonly #alive = new Map<string, Uint8Array>();

  /** Records an output (N, M, …) of a layer. */
  see(layer: string, y: NDArray): void {
    const [n = 0, units = 0] = y.shape;
    if (y.ndim < 2) return;
    const key = `${layer} ${units}`; // a ReLU shared on the tape has outputs of several widths
    const alive = this.#alive.get(key) ?? new Uint8Array(units);
    this.#alive.set(key, alive);
    const flat = y.flat();
    const inner = flat.length / (n * units);
    for (let unit = 0; unit < units; unit++) {
      // A unit seen alive is not checked again, so after some batches this costs nothing.
      for (let item = 0; item < n && !alive[unit]; item++) {
        const start = (item * units + unit) * inner;
        for (let i = start; i < start + inner; i++) if ((flat[i] as number) !== 0) alive[unit] = 1;
      }
    }
  }

  /** Returns the units seen since the last report, and starts over. */
  report(): DeadUnits[] {
    const found = [...this.#alive].map(([key, alive]) => ({
      layer: key.slice(0, key.lastIndexOf(" ")),
      dead: [...alive.keys()].filter((unit) => !alive[unit]),
      units: alive.length,
    }));
    this.#alive.clear();
    return found;
  }
}

/** The units that were dead on every rank that saw their layer, from the ranks' reports. */
export function deadOnAll(reports: readonly (readonly DeadUnits[])[]): DeadUnits[] {
  const found = new Map<string, DeadUnits>();
  for (const one of reports.flat()) {
    const key = `${one.layer} ${one.units}`;
    const dead = found.get(key)?.dead.filter((unit) => one.dead.includes(unit)) ?? one.dead;
    found.set(key, { ...one, dead });
  }
  return [...found.values()];
}
