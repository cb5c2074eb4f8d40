import { classShapes, markerColours, palette } from "./palette.ts";

/** The classes of a picture: their indices in ascending order, and their names. */
export interface Classes {
  readonly indices: readonly number[];
  readonly nameOf: (index: number) => string;
}

/** The classes among some labels. A class without a name is called by its number. */
export function classesOf(labels: readonly number[], names: readonly string[] = []): Classes {
  const indices = [...new Set(labels)].sort((a, b) => a - b);
  return { indices, nameOf: (index) => names[index] ?? `${index}` };
}

/**
 * Points coloured and shaped by the field `class`, which holds a class's name. The first six classes
 * have shapes and colours of their own; each further six have the same colours with other shapes.
 */
export function classMarks({ indices, nameOf }: Classes): {
  readonly mark: object;
  readonly encoding: object;
} {
  const pick = <T>(from: readonly T[], at: (index: number) => number): T[] =>
    indices.map((index) => from[at(Math.abs(index)) % from.length] as T);
  const byClass = (range: readonly unknown[]): object => ({
    field: "class",
    type: "nominal",
    scale: { domain: indices.map(nameOf), range },
    legend: {
      title: "class",
      orient: "top",
      titleOrient: "left",
      titleFontWeight: "normal",
      titleFontSize: 12,
      symbolSize: 90,
      symbolStrokeWidth: 0,
      symbolLimit: 40,
      columns: 5,
      offset: 6,
    },
  });
  const size = classShapes.length;
  return {
    mark: { type: "point", filled: true, size: 36, opacity: 1, stroke: palette.edge, strokeWidth: 0.9 },
    encoding: {
      color: byClass(pick(markerColours, (index) => index)),
      shape: byClass(pick(classShapes, (index) => index + Math.floor(index / size))),
    },
  };
}
