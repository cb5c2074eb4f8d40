/**
 * Winograd's F(2 × 2, 3 × 3), in AssemblyScript: a 3 × 3 window of stride 1, in tiles of 4 × 4 pixels
 * that give 2 × 2 results, with 16 multiplications where the plain sum needs 36. For a tile d and a
 * kernel g, Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A, where
 *
 *     Bᵀ = 1  0 −1  0     G = 1   0  0     Aᵀ = 1  1  1  0
 *          0  1  1  0         ½   ½  ½          0  1 −1 −1
 *          0 −1  1  0         ½  −½  ½
 *          0  1  0 −1         0   0  1
 *
 * The 16 numbers of a tile are in 16 planes, `stride` elements apart. Four tiles are processed at
 * once, from right to left. Past the end of a row that is not a multiple of four, something is written
 * and then overwritten; past the last row, up to 64 bytes.
 * Addresses are in bytes, numbers float32.
 * See Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR 2016, section 4.1.
 */

// @ts-expect-error: AssemblyScript's decorator
@inline
function at(address: usize, elements: i32): usize {
  return address + ((elements << 2) as usize);
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function lastGroup(across: i32): i32 {
  return (across - 1) & ~3;
}

/** Copies an image into the middle of a wider one. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function copyInto(to: usize, row: i32, image: usize, height: i32, width: i32): void {
  for (let y = 0; y < height; y++, to = at(to, row), image = at(image, width)) {
    let x = 0;
    for (; x + 4 <= width; x += 4) v128.store(at(to, x), v128.load(at(image, x)));
    for (; x < width; x++) store<f32>(at(to, x), load<f32>(at(image, x)));
  }
}

/** d B for a row of four tiles, with pixels 0 … 9 in a, b and c: into four planes. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function splitRow(to: usize, stride: i32, a: v128, b: v128, c: v128): void {
  const d0 = v128.shuffle<f32>(a, b, 0, 2, 4, 6), d1 = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
  const d2 = v128.shuffle<f32>(d0, c, 1, 2, 3, 4), d3 = v128.shuffle<f32>(d1, c, 1, 2, 3, 5);
  v128.store(to, f32x4.sub(d0, d2));
  v128.store(at(to, stride), f32x4.add(d1, d2));
  v128.store(at(to, 2 * stride), f32x4.sub(d2, d1));
  v128.store(at(to, 3 * stride), f32x4.sub(d1, d3));
}

/**
 * Bᵀ d B for every tile of images (samples, channels, height, width), with `top` rows and `left`
 * columns of zeros before them, and after them as many as needed: (16, channels, samples, down,
 * across). `padded` has room for an image of (2 down + 2, 2 across + 2).
 */
export function splitInput(
  images: usize, to: usize, stride: i32, samples: i32, channels: i32, down: i32, across: i32,
  padded: usize, height: i32, width: i32, top: i32, left: i32,
): void {
  const row = 2 * across + 2;
  memory.fill(padded, 0, ((row * (2 * down + 2)) << 2) as usize);
  const middle = at(padded, top * row + left);
  for (let c = 0; c < channels; c++) {
    for (let n = 0; n < samples; n++) {
      copyInto(middle, row, at(images, (n * channels + c) * height * width), height, width);
      for (let y = 0, first = padded; y < down; y++, first = at(first, 2 * row), to = at(to, across)) {
        for (let x = lastGroup(across); x >= 0; x -= 4) {
          const r0 = at(first, 2 * x), r1 = at(r0, row), r2 = at(r1, row), r3 = at(r2, row), out = at(to, x);
          const a1 = v128.load(r1), b1 = v128.load(r1, 16), c1 = v128.load(r1, 32);
          const a2 = v128.load(r2), b2 = v128.load(r2, 16), c2 = v128.load(r2, 32);
          splitRow(out, stride,
            f32x4.sub(v128.load(r0), a2), f32x4.sub(v128.load(r0, 16), b2), f32x4.sub(v128.load(r0, 32), c2));
          splitRow(at(out, 4 * stride), stride, f32x4.add(a1, a2), f32x4.add(b1, b2), f32x4.add(c1, c2));
          splitRow(at(out, 8 * stride), stride, f32x4.sub(a2, a1), f32x4.sub(b2, b1), f32x4.sub(c2, c1));
          splitRow(at(out, 12 * stride), stride,
            f32x4.sub(a1, v128.load(r3)), f32x4.sub(b1, v128.load(r3, 16)), f32x4.sub(c1, v128.load(r3, 32)));
        }
      }
    }
  }
}

/** The upper number of a column of Aᵀ m; the elements of m are four planes apart. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function upper(m: usize, stride: i32): v128 {
  return f32x4.add(f32x4.add(v128.load(m), v128.load(at(m, 4 * stride))), v128.load(at(m, 8 * stride)));
}
/** The lower number of a column of Aᵀ m. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function lower(m: usize, stride: i32): v128 {
  return f32x4.sub(f32x4.sub(v128.load(at(m, 4 * stride)), v128.load(at(m, 8 * stride))), v128.load(at(m, 12 * stride)));
}
/** m A for a row of four tiles, as eight pixels. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function joinRow(to: usize, m0: v128, m1: v128, m2: v128, m3: v128): void {
  const even = f32x4.add(f32x4.add(m0, m1), m2), odd = f32x4.sub(f32x4.sub(m1, m2), m3);
  v128.store(to, v128.shuffle<f32>(even, odd, 0, 4, 1, 5));
  v128.store(to, v128.shuffle<f32>(even, odd, 2, 6, 3, 7), 16);
}

/**
 * Aᵀ m A for every tile: (16, channels, samples, down, across) → images (samples, channels, 2 down,
 * 2 across).
 */
export function joinOutput(
  from: usize, images: usize, stride: i32, samples: i32, channels: i32, down: i32, across: i32,
): void {
  for (let n = 0; n < samples; n++) {
    for (let c = 0; c < channels; c++) {
      let tiles = at(from, (c * samples + n) * down * across);
      for (let y = 0; y < down; y++, tiles = at(tiles, across), images = at(images, 4 * across)) {
        for (let x = lastGroup(across); x >= 0; x -= 4) {
          const m0 = at(tiles, x), m1 = at(m0, stride), m2 = at(m1, stride), m3 = at(m2, stride), to = at(images, 2 * x);
          joinRow(to, upper(m0, stride), upper(m1, stride), upper(m2, stride), upper(m3, stride));
          joinRow(at(to, 2 * across), lower(m0, stride), lower(m1, stride), lower(m2, stride), lower(m3, stride));
        }
      }
    }
  }
}

/** y Aᵀ for a row of four tiles, given the first pixels and the second pixels. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function spreadRow(to: usize, stride: i32, even: v128, odd: v128): void {
  v128.store(to, even);
  v128.store(at(to, stride), f32x4.add(even, odd));
  v128.store(at(to, 2 * stride), f32x4.sub(even, odd));
  v128.store(at(to, 3 * stride), f32x4.neg(odd));
}

/**
 * A y Aᵀ for every tile, the adjoint of `joinOutput`: images (samples, channels, 2 down, 2 across)
 * → (16, channels, samples, down, across).
 */
export function splitOutput(
  images: usize, to: usize, stride: i32, samples: i32, channels: i32, down: i32, across: i32,
): void {
  for (let c = 0; c < channels; c++) {
    for (let n = 0; n < samples; n++) {
      let image = at(images, (n * channels + c) * 4 * down * across);
      for (let y = 0; y < down; y++, image = at(image, 4 * across), to = at(to, across)) {
        for (let x = lastGroup(across); x >= 0; x -= 4) {
          const r0 = at(image, 2 * x), r1 = at(r0, 2 * across), out = at(to, x);
          const a0 = v128.load(r0), b0 = v128.load(r0, 16), a1 = v128.load(r1), b1 = v128.load(r1, 16);
          const e0 = v128.shuffle<f32>(a0, b0, 0, 2, 4, 6), o0 = v128.shuffle<f32>(a0, b0, 1, 3, 5, 7);
          const e1 = v128.shuffle<f32>(a1, b1, 0, 2, 4, 6), o1 = v128.shuffle<f32>(a1, b1, 1, 3, 5, 7);
          spreadRow(out, stride, e0, o0);
          spreadRow(at(out, 4 * stride), stride, f32x4.add(e0, e1), f32x4.add(o0, o1));
          spreadRow(at(out, 8 * stride), stride, f32x4.sub(e0, e1), f32x4.sub(o0, o1));
          spreadRow(at(out, 12 * stride), stride, f32x4.neg(e1), f32x4.neg(o1));
        }
      }
    }
  }
}

/** g Gᵀ for one row of a kernel. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function splitKernelRow(to: usize, stride: i32, g0: f32, g1: f32, g2: f32): void {
  store<f32>(to, g0);
  store<f32>(at(to, stride), 0.5 * (g0 + g1 + g2));
  store<f32>(at(to, 2 * stride), 0.5 * (g0 - g1 + g2));
  store<f32>(at(to, 3 * stride), g2);
}

/** G g Gᵀ for every kernel: (count, 3, 3) → (16, count). */
export function splitKernels(from: usize, to: usize, stride: i32, count: i32): void {
  for (let i = 0; i < count; i++, from = at(from, 9), to = at(to, 1)) {
    const a0 = load<f32>(from), a1 = load<f32>(from, 4), a2 = load<f32>(from, 8);
    const b0 = load<f32>(from, 12), b1 = load<f32>(from, 16), b2 = load<f32>(from, 20);
    const c0 = load<f32>(from, 24), c1 = load<f32>(from, 28), c2 = load<f32>(from, 32);
    splitKernelRow(to, stride, a0, a1, a2);
    splitKernelRow(at(to, 4 * stride), stride, 0.5 * (a0 + b0 + c0), 0.5 * (a1 + b1 + c1), 0.5 * (a2 + b2 + c2));
    splitKernelRow(at(to, 8 * stride), stride, 0.5 * (a0 - b0 + c0), 0.5 * (a1 - b1 + c1), 0.5 * (a2 - b2 + c2));
    splitKernelRow(at(to, 12 * stride), stride, c0, c1, c2);
  }
}

/** Number `k` of Gᵀ u. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function joined(k: i32, u0: v128, u1: v128, u2: v128, u3: v128): v128 {
  const half = f32x4.splat(0.5);
  if (k == 1) return f32x4.mul(half, f32x4.sub(u1, u2));
  return f32x4.add(k == 0 ? u0 : u3, f32x4.mul(half, f32x4.add(u1, u2)));
}

/**
 * Gᵀ u G for every kernel, the adjoint of `splitKernels`: (16, count) → (count, 3, 3). Writes up to
 * three kernels past the last.
 */
export function joinKernels(from: usize, to: usize, stride: i32, count: i32): void {
  for (let i = 0; i < count; i += 4, from = at(from, 4), to = at(to, 36)) {
    for (let k = 0; k < 3; k++) {
      const u0 = from, u1 = at(u0, stride), u2 = at(u1, stride), u3 = at(u2, stride);
      const v0 = column(k, u0, stride), v1 = column(k, u1, stride), v2 = column(k, u2, stride), v3 = column(k, u3, stride);
      for (let l = 0; l < 3; l++) {
        const g = joined(l, v0, v1, v2, v3), out = at(to, 3 * k + l);
        v128.store_lane<f32>(out, g, 0);
        v128.store_lane<f32>(out, g, 1, 36);
        v128.store_lane<f32>(out, g, 2, 72);
        v128.store_lane<f32>(out, g, 3, 108);
      }
    }
  }
}
// @ts-expect-error: AssemblyScript's decorator
@inline
function column(k: i32, u: usize, stride: i32): v128 {
  return joined(k, v128.load(u), v128.load(at(u, 4 * stride)), v128.load(at(u, 8 * stride)), v128.load(at(u, 12 * stride)));
}
