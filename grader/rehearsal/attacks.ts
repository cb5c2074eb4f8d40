/** A few ways to cheat or to break a run, as text behind a released edition. None may earn a point. */
export const attacks: readonly { readonly name: string; readonly text: string }[] = [
  { name: "ends its process at once", text: "process.exit(0);" },
  { name: "never finishes loading", text: "for (;;) {}" },
  {
    name: "forges answers on the channel",
    text: `const fs = await import("node:fs");
const head = Buffer.from(JSON.stringify({ kind: "values", text: "", shapes: [] }));
const frame = Buffer.alloc(8 + head.length);
frame.writeUInt32LE(4 + head.length, 0);
frame.writeUInt32LE(head.length, 4);
head.copy(frame, 8);
for (let i = 0; i < 200; i++) fs.writeSync(4, frame);`,
  },
  {
    name: "fills the memory with typed arrays",
    text: "const kept: Float64Array[] = [];\nfor (;;) kept.push(new Float64Array(2 ** 24).fill(1));",
  },
  {
    name: "answers everything from a Proxy",
    text: `const all: unknown = new Proxy(() => 1, { get: () => all, apply: () => all });
Object.setPrototypeOf(globalThis, all as object);
Array.prototype.every = () => true;
Math.abs = () => 0;
JSON.stringify = () => '{"kind":"values","text":"","shapes":[]}';`,
  },
  {
    name: "looks for the checks and the answers",
    text: `const found = await import("node:fs").then((fs) => fs.readdirSync("/", { recursive: true })).catch(() => []);
for (const name of ["chalk-and-tape/manual", "chalk-and-tape/autograd", "chalk-and-tape/gradcheck"])
  await import(name).catch(() => found.push(name));`,
  },
];
