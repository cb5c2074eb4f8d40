import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as manual from "chalk-and-tape/manual";
import { random } from "chalk-and-tape/np";
import { models } from "./models.mjs";

/** So many batches, through which the steps go again and again. */
const batches = 8;

/**
 * The weights and batches that all contenders of a job start from, made by our generator with a fixed seed: data.bin, the arrays one
 * behind the other as they lie in memory, and manifest.json, which says where each is.
 */
export function writeProblem(folder, { model, batch, noise = 0.1, gains }) {
  const { x, y } = images(batches * batch, models[model.name].inputShape(model), noise, random(6));
  writeArrays(folder, [...weightsOf(model, gains), ["x", x], ["y", y]]);
}

/** A fresh network's weights, by the keys of its state dict; those whose key matches `gains.pattern` times `gains.factor`. */
export function weightsOf(model, gains) {
  const network = models[model.name].build(manual, model, random(7));
  const scaled = ([key, value]) => [
    `weights/${key}`,
    gains?.pattern.test(key) ? value.mul(gains.factor) : value,
  ];
  return Object.entries(network.stateDict()).map(scaled);
}

/** A picture for each of ten classes, of random pixels, under noise. */
function images(count, shape, noise, rng) {
  const numbers = shape.reduce((product, n) => product * n, 1);
  const pictures = rng.normal(0, 1, [10, numbers], { dtype: "float32" }).flat();
  const x = rng.normal(0, noise, [count, numbers], { dtype: "float32" });
  const y = rng.choice(10, count);
  const [pixels, labels] = [x.flat(), y.flat()];
  for (let i = 0; i < count; i++) {
    const start = labels[i] * numbers;
    for (let j = 0; j < numbers; j++) pixels[i * numbers + j] += pictures[start + j];
  }
  return { x: x.reshape([count, ...shape]), y };
}

export function writeArrays(folder, arrays) {
  const manifest = {};
  const chunks = [];
  let offset = 0;
  for (const [name, array] of arrays) {
    const data = array.flat();
    manifest[name] = { dtype: array.dtype, shape: array.shape, offset };
    // Every array starts at a multiple of 8, which Float64Array asks for.
    const padding = new Uint8Array((8 - (data.byteLength % 8)) % 8);
    chunks.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), padding);
    offset += data.byteLength + padding.length;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "data.bin"), Buffer.concat(chunks));
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
}
