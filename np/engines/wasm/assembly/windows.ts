/**
 * Patches of images: copied out, added back, and the largest element of each; in AssemblyScript.
 * Addresses are in bytes. Tables are those of `np/window-geometry.ts`. A vector may be read or
 * written up to 16 bytes past an operand's end.
 */

export * from "./stride-one-windows";

// @ts-expect-error: AssemblyScript's decorator
@inline
function lanes<T>(): i32 {
  return 16 / sizeof<T>();
}

/**
 * Copies the patches of one image (channels, `plane` elements) into (channels, kh, kw, oh, ow); 0
 * in zero padding.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function unfold<T>(
  image: usize, to: usize, rows: usize, columns: usize, runs: usize,
  channels: i32, plane: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32, stride: i32, zeros: bool,
): void {
  const size = sizeof<T>();
  const step = (stride as usize) * size;
  const none = i64x2.splat(0);
  for (let c = 0; c < channels; c++, image += (plane as usize) * size) {
    for (let i = 0; i < kh; i++) {
      for (let k = 0; k < kw; k++) {
        const run = runs + ((k * 12) as usize);
        const before = ((load<i32>(run)) as usize) * size;
        const until = ((load<i32>(run, 4)) as usize) * size;
        const start = image + ((load<i32>(run, 8)) as usize) * size;
        for (let y = 0; y < oh; y++) {
          const row = load<i32>(rows + (((i * oh + y) << 2) as usize));
          const end = to + (ow as usize) * size;
          if (row < 0) {
            for (; to < end; to += 16) v128.store(to, none);
          } else if (zeros) {
            let from = start + ((row * width) as usize) * size;
            const stop = to + until;
            for (const first = to + before; to < first; to += size) store<T>(to, 0 as T);
            if (stride == 1) for (; to < stop; to += 16, from += 16) v128.store(to, v128.load(from));
            else for (; to < stop; to += size, from += step) store<T>(to, load<T>(from));
            for (to = stop; to < end; to += size) store<T>(to, 0 as T);
          } else {
            const from = image + ((row * width) as usize) * size;
            let seen = columns + (((k * ow) << 2) as usize);
            for (; to < end; to += size, seen += 4) store<T>(to, load<T>(from + (load<i32>(seen) as usize) * size));
          }
          to = end;
        }
      }
    }
  }
}
export function unfoldFloat32(
  image: usize, to: usize, rows: usize, columns: usize, runs: usize,
  channels: i32, plane: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32, stride: i32, zeros: bool,
): void {
  unfold<f32>(image, to, rows, columns, runs, channels, plane, width, kh, kw, oh, ow, stride, zeros);
}
export function unfoldFloat64(
  image: usize, to: usize, rows: usize, columns: usize, runs: usize,
  channels: i32, plane: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32, stride: i32, zeros: bool,
): void {
  unfold<f64>(image, to, rows, columns, runs, channels, plane, width, kh, kw, oh, ow, stride, zeros);
}

/** Adds every element of (channels, kh, kw, oh, ow) to one image, at the pixel it came from. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function fold<T>(
  image: usize, from: usize, rows: usize, columns: usize, runs: usize,
  channels: i32, plane: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32, stride: i32, zeros: bool,
): void {
  const size = sizeof<T>();
  const step = (stride as usize) * size;
  for (let c = 0; c < channels; c++, image += (plane as usize) * size) {
    for (let i = 0; i < kh; i++) {
      for (let k = 0; k < kw; k++) {
        const run = runs + ((k * 12) as usize);
        const first = load<i32>(run);
        const count = load<i32>(run, 4) - first;
        const start = image + (load<i32>(run, 8) as usize) * size;
        const whole = ((count - (count % lanes<T>())) as usize) * size;
        for (let y = 0; y < oh; y++, from += (ow as usize) * size) {
          const row = load<i32>(rows + (((i * oh + y) << 2) as usize));
          if (row < 0) continue;
          if (zeros) {
            let to = start + ((row * width) as usize) * size;
            let x = from + (first as usize) * size;
            const end = x + (count as usize) * size;
            if (stride == 1) {
              for (const stop = x + whole; x < stop; x += 16, to += 16)
                v128.store(to, v128.add<T>(v128.load(to), v128.load(x)));
            }
            for (; x < end; x += size, to += step) store<T>(to, load<T>(to) + load<T>(x));
          } else {
            let seen = columns + (((k * ow) << 2) as usize);
            for (let x = from; x < from + (ow as usize) * size; x += size, seen += 4) {
              const to = image + ((row * width + load<i32>(seen)) as usize) * size;
              store<T>(to, load<T>(to) + load<T>(x));
            }
          }
        }
      }
    }
  }
}
export function foldFloat32(
  image: usize, from: usize, rows: usize, columns: usize, runs: usize,
  channels: i32, plane: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32, stride: i32, zeros: bool,
): void {
  fold<f32>(image, from, rows, columns, runs, channels, plane, width, kh, kw, oh, ow, stride, zeros);
}
export function foldFloat64(
  image: usize, from: usize, rows: usize, columns: usize, runs: usize,
  channels: i32, plane: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32, stride: i32, zeros: bool,
): void {
  fold<f64>(image, from, rows, columns, runs, channels, plane, width, kh, kw, oh, ow, stride, zeros);
}

/**
 * The largest element of each window, the first one in a tie and NaN before all others, and its
 * index in the plane, as int32.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function largest<T>(
  plane: usize, out: usize, winners: usize, rows: usize, columns: usize,
  planes: i32, height: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  const size = sizeof<T>();
  for (let p = 0; p < planes; p++, plane += ((height * width) as usize) * size) {
    for (let y = 0; y < oh; y++) {
      for (let x = 0; x < ow; x++, out += size, winners += 4) {
        let best = -1;
        let top: T = 0 as T;
        for (let i = y; i < kh * oh; i += oh) {
          const row = load<i32>(rows + ((i << 2) as usize));
          if (row < 0) continue;
          for (let k = x; k < kw * ow; k += ow) {
            const column = load<i32>(columns + ((k << 2) as usize));
            if (column < 0) continue;
            const at = row * width + column;
            const value = load<T>(plane + (at as usize) * size);
            if (best < 0 || (!(value <= top) && top == top)) {
              best = at;
              top = value;
            }
          }
        }
        store<T>(out, top);
        store<i32>(winners, best);
      }
    }
  }
}
export function largestFloat32(
  plane: usize, out: usize, winners: usize, rows: usize, columns: usize,
  planes: i32, height: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  largest<f32>(plane, out, winners, rows, columns, planes, height, width, kh, kw, oh, ow);
}
export function largestFloat64(
  plane: usize, out: usize, winners: usize, rows: usize, columns: usize,
  planes: i32, height: i32, width: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  largest<f64>(plane, out, winners, rows, columns, planes, height, width, kh, kw, oh, ow);
}

/** The same for 2 × 2 windows side by side, four at a time. */
export function largestOfFourFloat32(
  plane: usize, out: usize, winners: usize, planes: i32, height: i32, width: i32, oh: i32, ow: i32,
): void {
  const row = (width as usize) << 2;
  const even = i32x4(0, 2, 4, 6);
  for (let p = 0; p < planes; p++, plane += (height as usize) * row) {
    for (let y = 0; y < oh; y++) {
      let from = plane + ((2 * y) as usize) * row;
      let at = i32x4.add(i32x4.splat(2 * y * width), even);
      for (let x = 0; x < ow; x += 4) {
        const a = v128.load(from), b = v128.load(from, 16);
        const c = v128.load(from + row), d = v128.load(from + row, 16);
        let top = v128.shuffle<f32>(a, b, 0, 2, 4, 6);
        let best = at;
        let next = v128.shuffle<f32>(a, b, 1, 3, 5, 7);
        let wins = v128.andnot(f32x4.eq(top, top), f32x4.le(next, top));
        top = v128.bitselect(next, top, wins);
        best = v128.bitselect(i32x4.add(at, i32x4.splat(1)), best, wins);
        next = v128.shuffle<f32>(c, d, 0, 2, 4, 6);
        wins = v128.andnot(f32x4.eq(top, top), f32x4.le(next, top));
        top = v128.bitselect(next, top, wins);
        best = v128.bitselect(i32x4.add(at, i32x4.splat(width)), best, wins);
        next = v128.shuffle<f32>(c, d, 1, 3, 5, 7);
        wins = v128.andnot(f32x4.eq(top, top), f32x4.le(next, top));
        v128.store(out + ((x as usize) << 2), v128.bitselect(next, top, wins));
        v128.store(winners + ((x as usize) << 2), v128.bitselect(i32x4.add(at, i32x4.splat(width + 1)), best, wins));
        from += 32;
        at = i32x4.add(at, i32x4.splat(8));
      }
      out += (ow as usize) << 2;
      winners += (ow as usize) << 2;
    }
  }
}

/** planes ← 0, then each element of y is added at its window's winner. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function spread<T>(plane: usize, y: usize, winners: usize, planes: i32, size: i32, found: i32): void {
  const bytes = (size as usize) * sizeof<T>();
  memory.fill(plane, 0, (planes as usize) * bytes);
  for (let p = 0; p < planes; p++, plane += bytes) {
    for (const end = y + (found as usize) * sizeof<T>(); y < end; y += sizeof<T>(), winners += 4) {
      const at = plane + (load<i32>(winners) as usize) * sizeof<T>();
      store<T>(at, load<T>(at) + load<T>(y));
    }
  }
}
export function spreadFloat32(plane: usize, y: usize, winners: usize, planes: i32, size: i32, found: i32): void {
  spread<f32>(plane, y, winners, planes, size, found);
}
export function spreadFloat64(plane: usize, y: usize, winners: usize, planes: i32, size: i32, found: i32): void {
  spread<f64>(plane, y, winners, planes, size, found);
}
