import { expect } from "chai";
import { type DType, type Engine, engine, engineReports, type NDArray, useEngine } from "chalk-and-tape/np";
import { blasCrewOptions, type CrewOptions, withCrew } from "#internal/np";
import { computations } from "./agreement/computations.ts";

/** How far from `js`, relative to the largest entry. */
const tolerances: Readonly<Record<DType, number>> = { float64: 1e-12, float32: 1e-5, int32: 0, uint8: 0 };
const chosen: string = engine().name;

/** What comes out; an error is an answer, too. */
type Answer = readonly NDArray[] | string;

function by(name: string | Engine, run: () => readonly NDArray[]): Answer {
  useEngine(name);
  try {
    return run();
  } catch (error) {
    return String(error);
  } finally {
    useEngine(chosen);
  }
}

/** What is wrong: another error, shape or dtype, something not finite at other places, or a difference above the tolerance. */
function disagreement(found: Answer, wanted: Answer): string | null {
  if (typeof found === "string" || typeof wanted === "string")
    return found === wanted ? null : `gives ${found}, expected ${wanted}`;
  const problems = wanted.map((w, i) => ofArrays(found[i] as NDArray, w));
  return problems.find((problem) => problem !== null) ?? null;
}

function ofArrays(found: NDArray, wanted: NDArray): string | null {
  const kinds = [found, wanted].map(({ dtype, shape }) => `${dtype} (${shape})`);
  if (kinds[0] !== kinds[1]) return `gives ${kinds.join(", expected ")}`;
  const [a, b] = [found.flat(), wanted.flat()];
  let [largest, apart] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    if (Number.isFinite(x) && Number.isFinite(y)) {
      largest = Math.max(largest, Math.abs(y));
      apart = Math.max(apart, Math.abs(x - y));
    } else if (!Object.is(x, y)) return `element ${i} is ${x}, expected ${y}`;
  }
  if (apart <= tolerances[wanted.dtype] * largest) return null;
  return `is ${apart} apart, where the largest entry is ${largest}`;
}

/** Every call that can be is shared out among threads, however short. */
function inParts(crewOptions: CrewOptions): Engine {
  return withCrew(crewOptions.alone, { ...crewOptions, worthSharing: 0, worthMultiplying: 0 });
}

/** Nothing may be left of what memory held before: all bits set is NaN in floats, −1 or 255 in integers. */
function onUsedMemory(name: string): Engine {
  const engine = useEngine(name);
  useEngine(chosen);
  const reserve: Engine["reserve"] = (dtype, size) => {
    const memory = engine.allocate(dtype, size);
    new Uint8Array(memory.buffer).fill(255);
    return memory;
  };
  return { ...engine, reserve };
}

describe("np, engines agree with js: to 1e-12 of the largest entry in float64, 1e-5 in float32, integers exactly", () => {
  const others = engineReports().filter(({ name }) => name !== "js");
  for (const { name, summary } of others.filter(({ available }) => !available)) it(`${name}: ${summary}`);
  const here = new Map<string, string | Engine>(
    others.filter(({ available }) => available).map(({ name }) => [name, name]),
  );
  const crewOptions = blasCrewOptions();
  if (crewOptions) here.set("blas in parts", inParts(crewOptions));
  for (const name of new Set(["js", chosen])) here.set(`${name} on used memory`, onUsedMemory(name));

  for (const [subject, list] of Object.entries(computations))
    it(`${subject}: ${[...here.keys()].join(", ")}`, () => {
      let answered = 0;
      for (const { what, run } of list()) {
        const wanted = by("js", run);
        if (typeof wanted !== "string") answered++;
        for (const [name, engine] of here) {
          const problem = disagreement(by(engine, run), wanted);
          if (problem) expect.fail(`${name}, ${what}: ${problem}`);
        }
      }
      expect(answered, "computed without an error").to.be.above(0);
    });
});
