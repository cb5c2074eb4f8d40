/** A text for a dot of a picture, whose place is given in pixels. */
export interface DotLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

type Align = "left" | "right" | "center";

/** A text beside its dot. */
export interface PlacedLabel extends DotLabel {
  readonly align: Align;
}

interface Offset {
  readonly align: Align;
  readonly dx: number;
  readonly dy: number;
}

/** A rectangle in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const right: Offset = { align: "left", dx: 8, dy: 0 };

const places: readonly Offset[] = [
  right,
  { align: "right", dx: -8, dy: 0 },
  { align: "center", dx: 0, dy: 13 },
  { align: "center", dx: 0, dy: -12 },
];

/** An estimate of a character's width in a text of 12 pixels. */
const letter = 6.6;

/**
 * Chooses a place for each text: right of its dot, else left, below or above, the first where it is
 * inside of the picture and covers no dot, no text before it and none of `others`.
 */
export function besides(
  labels: readonly DotLabel[],
  size: { readonly width: number; readonly height: number },
  others: readonly Box[] = [],
): PlacedLabel[] {
  const dots = labels.map(({ x, y }) => ({ x: x - 5, y: y - 5, width: 10, height: 10 }));
  const taken: Box[] = [...others, ...dots];
  return labels.map((label) => {
    const free = places.find((place) => {
      const box = boxOf(label, place);
      const inside =
        box.x >= 0 && box.x + box.width <= size.width && box.y >= 0 && box.y + box.height <= size.height;
      return inside && !taken.some((other) => overlap(box, other));
    });
    const place = free ?? right;
    taken.push(boxOf(label, place));
    return { ...label, x: label.x + place.dx, y: label.y + place.dy, align: place.align };
  });
}

function boxOf({ text, x, y }: DotLabel, { align, dx, dy }: Offset): Box {
  const width = letter * text.length;
  const left = align === "left" ? 0 : align === "right" ? width : width / 2;
  return { x: x + dx - left, y: y + dy - 7, width, height: 14 };
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
