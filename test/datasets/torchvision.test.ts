import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import {
  type AffineOptions,
  adjustBrightness,
  adjustContrast,
  adjustHue,
  adjustSaturation,
  affine,
  type CropPadding,
  horizontalFlip,
  Normalize,
  RandomCrop,
  Resize,
  resize,
  rotate,
  ToTensor,
  type WarpOptions,
} from "chalk-and-tape/datasets";
import { array, type NDArray, type Nested, random } from "chalk-and-tape/np";

type Images = Readonly<Record<"colour" | "grey" | "square", Nested>>;
interface Case {
  readonly function: string;
  readonly options: Readonly<Record<string, never>>;
  readonly image: keyof Images;
  readonly uint8: Nested;
  readonly float64: Nested;
}
const path = join(import.meta.dirname, "../../../test/fixtures/torchvision.json");
const { images, cases } = JSON.parse(readFileSync(path, "utf8")) as {
  readonly images: Images;
  readonly cases: readonly Case[];
};

/** Fills and factors of floats are those of bytes, divided by 255. */
const fillOf = (options: { fill?: number }, image: NDArray): { fill: number } => ({
  fill: (options.fill ?? 0) / (image.dtype === "uint8" ? 1 : 255),
});

/** torchvision's functions by ours. */
const functions: Readonly<Record<string, (image: NDArray, options: never) => NDArray>> = {
  pad: (
    image,
    options: { padding: [number, number, number, number]; paddingMode?: CropPadding; fill?: number },
  ) => {
    const [left, top, right, bottom] = options.padding;
    const [height = 0, width = 0] = image.shape.slice(1);
    // A crop of the size of the padded image has one place only.
    const fill = image.dtype === "uint8" ? 0 : (options.fill ?? 0);
    const crop = new RandomCrop([height + top + bottom, width + left + right], { ...options, fill });
    return crop.forward(image, random(1));
  },
  horizontalFlip: (image) => horizontalFlip(image),
  affine: (image, options: AffineOptions & { fill: number }) =>
    affine(image, { ...options, ...fillOf(options, image) }),
  rotate: (image, { angle, ...options }: WarpOptions & { angle: number }) => rotate(image, angle, options),
  adjustBrightness: (image, { factor }: { factor: number }) => adjustBrightness(image, factor),
  adjustContrast: (image, { factor }: { factor: number }) => adjustContrast(image, factor),
  adjustSaturation: (image, { factor }: { factor: number }) => adjustSaturation(image, factor),
  adjustHue: (image, { factor }: { factor: number }) => adjustHue(image, factor),
  resize: (image, { size, antialias }: { size: number | [number, number]; antialias: boolean }) =>
    typeof size === "number"
      ? new Resize(size, { antialias }).forward(image)
      : resize(image, size, { antialias }),
  toTensor: (image, { layout }: { layout: string }) =>
    layout === "2D"
      ? new ToTensor().forward(image.slice(0))
      : new ToTensor({ layout: "HWC" }).forward(image.transpose([1, 2, 0])),
  normalize: (image, { mean, std }: { mean: number[]; std: number[] }) =>
    new Normalize(mean, std).forward(image.astype("float64")),
};

/** Of float64 results; torchvision turns hues in float32, and its bytes become float32 numbers. */
const tolerance = (name: string, dtype: string): number =>
  name === "adjustHue" || (name === "toTensor" && dtype === "uint8") ? 1e-6 : 1e-12;

/** [how many, the largest distance] of the elements that differ by more than rounding. */
function distances(result: NDArray, expected: NDArray, allowed: number): [number, number] {
  expect(result.shape).to.deep.equal(expected.shape);
  const [a, b] = [result.flat(), expected.flat()];
  const apart = Array.from(a, (x, i) => Math.abs(x - (b[i] as number))).filter((d) => !(d <= allowed));
  return [apart.length, Math.max(0, ...apart)];
}

/**
 * Where bytes are cut or rounded, the exact number at which one byte becomes the next. torchvision computes in float32: so near such a number
 * that float32 cannot tell, its byte may be the other one.
 */
const borders: Readonly<Record<string, (upper: number) => number>> = {
  affine: (upper) => upper - 0.5,
  rotate: (upper) => upper - 0.5,
  resize: (upper) => upper - 0.5,
  adjustHue: (upper) => (upper * 255) / (256 - 1e-3),
};

/** The elements that differ without that excuse. */
function differences(result: NDArray, expected: NDArray, exact: NDArray, name: string): number[] {
  expect(result.shape).to.deep.equal(expected.shape);
  const [a, b, numbers] = [result.flat(), expected.flat(), exact.flat()];
  return [...a.keys()].filter((i) => {
    const [x, y] = [a[i] as number, b[i] as number];
    const border = borders[name]?.(Math.max(x, y)) ?? Number.NaN;
    const excused = Math.abs(x - y) === 1 && Math.abs(255 * (numbers[i] as number) - border) < 1e-4;
    return x !== y && !excused;
  });
}

describe("transforms, against torchvision", () => {
  for (const name of Object.keys(functions)) {
    const rows = cases.filter((row) => row.function === name);
    const run = functions[name] as (image: NDArray, options: never) => NDArray;

    it(`${name} of floats in ${rows.length} cases, to ${tolerance(name, "float64")}`, () => {
      expect(rows.length).to.be.above(0);
      for (const { image, options, float64 } of rows) {
        const x = array(images[image]).div(255);
        const result = run(x, options as never);
        const found = distances(result, array(float64), tolerance(name, "float64"));
        expect(found, `${image} ${JSON.stringify(options)}`).to.deep.equal([0, 0]);
        expect(x.toArray(), "the image given").to.deep.equal(array(images[image]).div(255).toArray());
      }
    });

    it(`${name} of bytes, exactly${name in borders ? " but where float32 cannot tell two bytes apart" : ""}`, () => {
      for (const { image, options, uint8, float64 } of rows) {
        const result = run(array(images[image], { dtype: "uint8" }), options as never);
        const label = `${image} ${JSON.stringify(options)}`;
        if (result.dtype === "uint8") {
          expect(differences(result, array(uint8), array(float64), name), label).to.deep.equal([]);
        } else {
          expect(["toTensor", "normalize"]).to.include(name);
          expect(distances(result, array(uint8), tolerance(name, "uint8")), label).to.deep.equal([0, 0]);
        }
      }
    });
  }

  it("resize and Resize antialias by default, as torchvision does", () => {
    const name = "resize";
    const run = functions[name] as (image: NDArray, options: never) => NDArray;
    let blurred = 0;
    for (const { options, image, float64 } of cases.filter((row) => row.function === name)) {
      const { antialias, ...given } = options;
      if (antialias !== true) continue;
      const x = array(images[image]).div(255);
      const found = distances(run(x, given as never), array(float64), tolerance(name, "float64"));
      expect(found, JSON.stringify(given)).to.deep.equal([0, 0]);
      const sharp = run(x, { ...given, antialias: false } as never);
      if (distances(sharp, array(float64), 1e-3)[0] > 0) blurred++;
    }
    expect(blurred, "images that are not the same without antialiasing").to.be.above(0);
  });
  it("leaves no case of the file out", () => {
    expect(new Set(cases.map((row) => row.function))).to.deep.equal(new Set(Object.keys(functions)));
  });
});
