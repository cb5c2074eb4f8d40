import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { type AttributeProto, AttributeProto_AttributeType, AttributeProtoSchema } from "./schema/onnx_pb.ts";

/** A float of an attribute; ONNX keeps it in float32. */
export interface Float {
  readonly float: number;
}

/** The value of an attribute: a whole number, several, a word, or a float. */
export type Attribute = number | readonly number[] | string | Float;

export type Attributes = Readonly<Record<string, Attribute>>;

/** The attributes of a node as ONNX writes them. */
export function attributeProtos(attributes: Attributes): AttributeProto[] {
  return Object.entries(attributes).map(([name, value]) =>
    create(AttributeProtoSchema, { name, ...contentOf(value) }),
  );
}

const kind = AttributeProto_AttributeType;

type Content = Pick<MessageInitShape<typeof AttributeProtoSchema>, "type" | "i" | "f" | "s" | "ints">;

/** The type of the attribute and the field for its value. */
function contentOf(value: Attribute): Content {
  if (typeof value === "number") return { type: kind.INT, i: BigInt(value) };
  if (typeof value === "string") return { type: kind.STRING, s: new TextEncoder().encode(value) };
  if ("float" in value) return { type: kind.FLOAT, f: value.float };
  return { type: kind.INTS, ints: value.map(BigInt) };
}
