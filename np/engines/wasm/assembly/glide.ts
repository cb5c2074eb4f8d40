/**
 * What windows see that move pixel by pixel over as many positions as the image has columns: all that one place of the window sees lies in
 * the image as it does in the columns, but for the edges. So a plane moves as one run. Addresses are in bytes; tables are those of `np/slide.ts`.
 */

/** The first position of the window's row at which it sees one of the image; `oh` where it sees none. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function firstSeen(rows: usize, oh: i32): i32 {
  let y = 0;
  while (y < oh && load<i32>(rows + ((y << 2) as usize)) < 0) y++;
  return y;
}

/** The position behind the last; only asked for where there is one. */
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

/** 0 where rows of the plane see nothing: before `first`, and from `last` on. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function clearEdges<T>(plane: usize, rows: i32, ow: i32, first: i32, last: i32): void {
  const size = sizeof<T>();
  for (let y = 0; y < rows; y++, plane += (ow as usize) * size) {
    for (let i = 0; i < first; i++) store<T>(plane + (i as usize) * size, 0 as T);
    for (let i = last; i < ow; i++) store<T>(plane + (i as usize) * size, 0 as T);
  }
}

/** Copies what the window sees of one image (channels, `plane` elements) into (channels, kh, kw, oh, ow); 0 where it sees nothing. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function unfoldGliding<T>(
  image: usize, to: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  const size = sizeof<T>();
  const row = (ow as usize) * size;
  for (let c = 0; c < channels; c++, image += (plane as usize) * size) {
    for (let i = 0; i < kh; i++) {
      const seen = rows + (((i * oh) << 2) as usize);
      const top = firstSeen(seen, oh);
      for (let k = 0; k < kw; k++) {
        const end = to + (oh as usize) * row;
        if (top < oh) {
          const run = runs + ((k * 12) as usize);
          const first = load<i32>(run), last = load<i32>(run, 4);
          const bottom = lastSeen(seen, oh);
          const start = to + (top as usize) * row, stop = to + (bottom as usize) * row;
          clear(to, start);
          let from = image + ((load<i32>(seen + ((top << 2) as usize)) * ow + load<i32>(run, 8) - first) as usize) * size;
          for (let at = start; at < stop; at += 16, from += 16) v128.store(at, v128.load(from));
          clearEdges<T>(start, bottom - top, ow, first, last);
          clear(stop, end);
        } else clear(to, end);
        to = end;
      }
    }
  }
}
export function unfoldGlidingFloat32(
  image: usize, to: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  unfoldGliding<f32>(image, to, rows, runs, channels, plane, kh, kw, oh, ow);
}
export function unfoldGlidingFloat64(
  image: usize, to: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  unfoldGliding<f64>(image, to, rows, runs, channels, plane, kh, kw, oh, ow);
}

/** Adds (channels, kh, kw, oh, ow) to one image, every element where the window saw it; where it saw nothing, they become 0. */
// @ts-expect-error: AssemblyScript's decorator
@inline
function foldGliding<T>(
  image: usize, from: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  const size = sizeof<T>();
  const row = (ow as usize) * size;
  for (let c = 0; c < channels; c++, image += (plane as usize) * size) {
    for (let i = 0; i < kh; i++) {
      const seen = rows + (((i * oh) << 2) as usize);
      const top = firstSeen(seen, oh);
      for (let k = 0; k < kw; k++, from += (oh as usize) * row) {
        const run = runs + ((k * 12) as usize);
        const first = load<i32>(run), last = load<i32>(run, 4);
        if (top == oh || first == last) continue;
        const count = lastSeen(seen, oh) - top;
        let x = from + (top as usize) * row;
        clearEdges<T>(x, count, ow, first, last);
        // from the first element that was seen to the last
        const end = x + ((count - 1) as usize) * row + (last as usize) * size;
        x += (first as usize) * size;
        let to = image + ((load<i32>(seen + ((top << 2) as usize)) * ow + load<i32>(run, 8)) as usize) * size;
        for (const whole = x + ((end - x) & ~15); x < whole; x += 16, to += 16)
          v128.store(to, v128.add<T>(v128.load(to), v128.load(x)));
        for (; x < end; x += size, to += size) store<T>(to, load<T>(to) + load<T>(x));
      }
    }
  }
}
export function foldGlidingFloat32(
  image: usize, from: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  foldGliding<f32>(image, from, rows, runs, channels, plane, kh, kw, oh, ow);
}
export function foldGlidingFloat64(
  image: usize, from: usize, rows: usize, runs: usize, channels: i32, plane: i32, kh: i32, kw: i32, oh: i32, ow: i32,
): void {
  foldGliding<f64>(image, from, rows, runs, channels, plane, kh, kw, oh, ow);
}
