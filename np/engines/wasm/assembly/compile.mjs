// Compiles gemm.ts into ../binaries.ts, once for each kind of host: with and without shared memory, with and without relaxed SIMD.
//     npm ci --prefix np/engines/wasm/assembly && node np/engines/wasm/assembly/compile.mjs
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = dirname(fileURLToPath(import.meta.url));
const source = readFileSync(join(folder, "gemm.ts"), "utf8");

async function compile(name, flags) {
  let bytes = null;
  const { error, stderr } = await asc.main(
    [
      "gemm.ts",
      "-o",
      `${name}.wasm`,
      "--runtime",
      "stub",
      "--noAssert",
      "--importMemory",
      "-O3",
      "--enable",
      "simd",
      ...flags,
    ],
    {
      readFile: (file) => (file === "gemm.ts" ? source : null),
      writeFile: (file, data) => {
        if (file === `${name}.wasm`) bytes = data;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${name}: ${stderr.toString()}`);
  return [name, Buffer.from(bytes).toString("base64")];
}

const shared = ["--enable", "threads", "--sharedMemory", "--maximumMemory", "16384"];
const relaxed = ["--enable", "relaxed-simd"];
const binaries = [
  await compile("strict", []),
  await compile("relaxed", relaxed),
  await compile("sharedStrict", shared),
  await compile("sharedRelaxed", [...shared, ...relaxed]),
];
const hash = createHash("sha256").update(source).digest("hex");
const lines = binaries.map(([name, base64]) => `  ${name}:\n    "${base64}",`);
writeFileSync(
  join(folder, "../binaries.ts"),
  `// Made by assembly/compile.mjs from assembly/gemm.ts; a test compares the hash.
// biome-ignore-all format: long strings
export const sourceSha256: string =
  "${hash}";

/** WebAssembly modules in base64: for a memory of one's own or a shared one, with IEEE's or with fused multiply-add. */
export const binaries: Readonly<Record<"strict" | "relaxed" | "sharedStrict" | "sharedRelaxed", string>> = {
${lines.join("\n")}
};
`,
);
for (const [name, base64] of binaries) console.log(`${name}: ${(base64.length * 3) / 4} bytes`);
