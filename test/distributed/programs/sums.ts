/** Sums and broadcasts of all types and sizes; prints one line of JSON a rank. */
import { createHash } from "node:crypto";
import { distributed } from "chalk-and-tape/distributed";
import { array } from "chalk-and-tape/np";

const ranks = distributed();
const { rank, size } = ranks;
const total = (size * (size + 1)) / 2; // of rank + 1
const bits = createHash("sha256");
const wrong: string[] = [];

/** Numbers without a pattern, others on each rank. */
const scattered = (i: number): number => Math.sin(i * 12.9898 + rank * 78.233) * 43758.5453;

type Floats = Float64Array | Float32Array;

function filled(Type: new (length: number) => Floats, length: number, f: (i: number) => number): Floats {
  const all = new Type(length);
  for (let i = 0; i < length; i++) all[i] = f(i);
  return all;
}

for (const Type of [Float64Array, Float32Array]) {
  for (const length of [0, 1, 2, 1000, Type === Float64Array ? 1_250_000 : 200_000]) {
    const whole = filled(Type, length, (i) => (i % 1000) * (rank + 1));
    ranks.sum(whole);
    if (!whole.every((x, i) => x === (i % 1000) * total)) wrong.push(`sum ${Type.name} ${length}`);
    const unround = filled(Type, Math.min(length, 50_001), scattered);
    ranks.sum(unround);
    bits.update(unround);
    const mine = filled(Type, length, (i) => (i % 1000) + rank);
    ranks.broadcast(mine);
    if (!mine.every((x, i) => x === i % 1000)) wrong.push(`broadcast ${Type.name} ${length}`);
  }
  const around = filled(Type, 9, () => rank + 1);
  ranks.sum(around.subarray(3, 5));
  if (around.join() !== [3, 2, 4].flatMap((n, i) => Array(n).fill(i === 1 ? total : rank + 1)).join())
    wrong.push(`view of ${Type.name}: ${around.join()}`);
}
for (const length of [0, 1, 3, 10_000_001]) {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = i * 7 + rank;
  ranks.broadcast(bytes.subarray(1));
  let differ = 0; // the first byte, before the view, stays as it was
  for (let i = 0; i < length; i++) differ += Number(bytes[i] !== ((i * 7 + (i === 0 ? rank : 0)) & 255));
  if (differ > 0) wrong.push(`bytes ${length}: ${differ} are wrong`);
}
const shared = new Float64Array(new SharedArrayBuffer(32), 8, 2).fill(rank + 1);
ranks.sum(shared);
if (shared.join() !== [total, total].join()) wrong.push(`shared ${shared.join()}`);
const ndarray = array([rank + 1, 2]);
ranks.sum(ndarray.flat() as Float64Array);
if (ndarray.item(0) !== total) wrong.push(`np's memory ${ndarray.item(0)}`);
ranks.barrier();
const same = distributed() === ranks;
console.log(JSON.stringify({ text: String(ranks), rank, size, wrong, same, bits: bits.digest("hex") }));
