// Compiles gemm.ts into ../binaries.ts, once for each kind of host: with and without shared memory, with and without relaxed SIMD; and
// flat.ts, which holds rows.ts, exp.ts and softmax.ts, windows.ts, which holds stride-one-windows.ts, and winograd.ts, once.
//     npm ci --prefix np/engines/wasm/assembly && node np/engines/wasm/assembly/compile.mjs
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = dirname(fileURLToPath(import.meta.url));
const sources = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .sort()
  .map((file) => [file, readFileSync(join(folder, file), "utf8")]);

async function compile(name, source, flags) {
  let bytes = null;
  const { error, stderr } = await asc.main(
    [
      source,
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
      readFile: (file) => Object.fromEntries(sources)[file] ?? null,
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
  await compile("strict", "gemm.ts", []),
  await compile("relaxed", "gemm.ts", relaxed),
  await compile("sharedStrict", "gemm.ts", shared),
  await compile("sharedRelaxed", "gemm.ts", [...shared, ...relaxed]),
  await compile("flat", "flat.ts", []),
  await compile("windows", "windows.ts", []),
  await compile("winograd", "winograd.ts", []),
];
const hash = createHash("sha256").update(sources.flat().join("\n")).digest("hex");
const lines = binaries.map(([name, base64]) => `  ${name}:\n    "${base64}",`);
writeFileSync(
  join(folder, "../binaries.ts"),
  `// Made by assembly/compile.mjs from assembly's gemm.ts, flat.ts, rows.ts, exp.ts, softmax.ts, windows.ts, stride-one-windows.ts and winograd.ts; a test compares the hash.
// biome-ignore-all format: long strings
export const sourceSha256: string =
  "${hash}";

/** WebAssembly modules in base64: products for a memory of one's own or a shared one, with IEEE's or with fused multiply-add; flat.ts; windows.ts; winograd.ts. */
export const binaries: Readonly<Record<"strict" | "relaxed" | "sharedStrict" | "sharedRelaxed" | "flat" | "windows" | "winograd", string>> = {
${lines.join("\n")}
};
`,
);
for (const [name, base64] of binaries) console.log(`${name}: ${(base64.length * 3) / 4} bytes`);
