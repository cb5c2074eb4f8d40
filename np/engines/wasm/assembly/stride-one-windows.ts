/**
 * Patches of windows with stride 1 that have as many positions across as the image has columns.
 * Everything that one element of the window covers is laid out in the image as in the columns,
 * except at the edges, so a plane is moved in one run. Addresses are in bytes; tables are those of
 * `np/window-geometry.ts`.
 */

/**
 * The first position at which this row of the window covers a row of the image; `oh` if there is
 * none.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function firstSeen(rows: usize, oh: i32): i32 {
  let y = 0;
  while (y < oh && load<i32>(rows + ((y << 2) as usize)) < 0) y++;
  return y;
}

/** The position after the last such one; only called if there is one. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function lastSeen(rows: usize, oh: i32): i32 {
  let y = oh;
  while (load<i32>(rows + (((y - 1) << 2) as usize)) < 0) y--;
  return y;
}

// @ts-expect-error: AssemblyScript's decorator
@inline
function clear(from: usize, to: usize): void {
  for (const none = i64x2.splat(0); from < to; from += 16) v128.store(from, none);
}

/** Writes 0 where rows of the plane are in the padding: before `first`, and from `last` on. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function clearEdges<T>(plane: usize, rows: i32, ow: i32, first: i32, last: i32): void {
  const size = sizeof<T>();
  for (let y = 0; y < rows; y++, plane += (ow as usize) * size) {
    for (let i = 0; i < first; i++) store<T>(plane + (i as usize) * size, 0 as T);
    for (let i = last; i < ow; i++) store<T>(plane + (i as usize) * size, 0 as T);
  }
}

/**
 * Copies what one element of the window covers of a plane into `oh` rows of `ow`. Rows `top` …
 * `bottom` − 1 cover the image; all others become 0.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function copyPlane<T>(to: usize, image: usize, top: i32, bottom: i32, oh: i32, ow: i32, first: i32, last: i32): void {
  const row = (ow as usize) * sizeof<T>();
  const start = to + (top as usize) * row, stop = to + (bottom as usize) * row;
  clear(to, start);
  let from = image - (first as usize) * sizeof<T>();
  for (let at = start; at < stop; at += 16, from += 16) v128.store(at, v128.load(from));
  clearEdges<T>(start, bottom - top, ow, first, last);
  clear(stop, to + (oh as usize) * row);
}

/**
 * Adds them to the plane, from the first that covers the image to the last; those in between that
 * are in the padding become 0.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function addPlane<T>(from: usize, image: usize, top: i32, bottom: i32, ow: i32, first: i32, last: i32): void {
  const size = sizeof<T>();
  const row = (ow as usize) * size;
  if (top == bottom || first == last) return;
  clearEdges<T>(from + (top as usize) * row, bottom - top, ow, first, last);
  const end = from + ((bottom - 1) as usize) * row + (last as usize) * size;
  let x = from + (top as usize) * row + (first as usize) * size, to = image;
  for (const whole = x + ((end - x) & ~15); x < whole; x += 16, to += 16)
    v128.store(to, v128.add<T>(v128.load(to), v128.load(x)));
  for (; x < end; x += size, to += size) store<T>(to, load<T>(to) + load<T>(x));
}

/**
 * Copies from one image (channels, `plane` elements) into the columns (channels, kh, kw, oh, ow),
 * or adds the columns back at the pixels they came from.
 */
// @ts-expect-error: AssemblyScript's decorator
@inline
function moveRuns<T>(
  back: bool,
  image: usize, columns: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  const size = sizeof<T>();
  for (let c = 0; c < channels; c++, image += (plane as usize) * size) {
    for (let i = 0; i < kh; i++) {
      const seen = rows + (((i * oh) << 2) as usize);
      const top = firstSeen(seen, oh);
      const bottom = top < oh ? lastSeen(seen, oh) : top;
      const above = top < oh ? load<i32>(seen + ((top << 2) as usize)) * ow : 0;
      for (let k = 0; k < kw; k++, columns += ((oh * ow) as usize) * size) {
        const run = runs + ((k * 12) as usize);
        const first = load<i32>(run), last = load<i32>(run, 4);
        const at = image + ((above + load<i32>(run, 8)) as usize) * size;
        if (back) addPlane<T>(columns, at, top, bottom, ow, first, last);
        else copyPlane<T>(columns, at, top, bottom, oh, ow, first, last);
      }
    }
  }
}
export function unfoldStrideOneFloat32(
  image: usize, columns: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  moveRuns<f32>(false, image, columns, rows, runs, channels, plane, kh, kw, oh, ow);
}
export function unfoldStrideOneFloat64(
  image: usize, columns: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  moveRuns<f64>(false, image, columns, rows, runs, channels, plane, kh, kw, oh, ow);
}
export function foldStrideOneFloat32(
  image: usize, columns: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  moveRuns<f32>(true, image, columns, rows, runs, channels, plane, kh, kw, oh, ow);
}
export function foldStrideOneFloat64(
  image: usize, columns: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  moveRuns<f64>(true, image, columns, rows, runs, channels, plane, kh, kw, oh, ow);
}
