import { encode } from "fast-png";

/**
 * Encodes rows of pixels as a PNG in a `data:` URL. Channels: 1 grey, 3 red-green-blue, 4 with
 * opacity.
 * Shapes: pixels (height · width · channels,), rows from the top, values 0 to 255.
 * @throws RangeError unless there are 1, 3 or 4 values per pixel
 */
export function pngAddress(pixels: Uint8Array | Uint8ClampedArray, height: number, width: number): string {
  const channels = pixels.length / (height * width);
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new RangeError(
      `pngAddress: ${pixels.length} values for ${height} × ${width} pixels, expected 1, 3 or 4 per pixel; ` +
        "give height and width in this order, and the channels of a pixel side by side",
    );
  }
  const png = encode({ width, height, data: pixels, channels, depth: 8 });
  return `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
}

/** SVG text as a `data:` URL. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
