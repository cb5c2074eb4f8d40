import { create } from "@bufbuild/protobuf";
import type { DType, TypedArray } from "../../np/index.ts";
import { isFloat } from "../../np/internal.ts";
import {
  type TensorProto,
  TensorProto_DataType,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from "./schema/onnx_pb.ts";

/** A type of numbers in an ONNX graph: its one float type, and int64 for indices, shapes and axes. */
export type OnnxType = "float32" | "float64" | "int64";

/** The numbers by which ONNX calls the types. */
export const typeCode: Readonly<Record<OnnxType, TensorProto_DataType>> = {
  float32: TensorProto_DataType.FLOAT,
  float64: TensorProto_DataType.DOUBLE,
  int64: TensorProto_DataType.INT64,
};

/** The type in a graph of `float` of an array of this dtype: integers become int64, as PyTorch's indices are. */
export function onnxType(dtype: DType, float: OnnxType): OnnxType {
  return isFloat(dtype) ? float : "int64";
}

/** An array with a name; its numbers are converted to the type and written as little-endian bytes. */
export function tensorProto(
  name: string,
  type: OnnxType,
  shape: readonly number[],
  numbers: TypedArray | readonly number[],
): TensorProto {
  return create(TensorProtoSchema, {
    name,
    dataType: typeCode[type],
    dims: shape.map(BigInt),
    rawData: bytesOf(type, numbers),
  });
}

function bytesOf(type: OnnxType, numbers: TypedArray | readonly number[]): Uint8Array<ArrayBuffer> {
  const { buffer } =
    type === "int64"
      ? BigInt64Array.from(numbers, BigInt)
      : type === "float32"
        ? Float32Array.from(numbers)
        : Float64Array.from(numbers);
  return new Uint8Array(buffer);
}

/** A graph's input or output; an axis with a word in place of its length may have any. */
export function valueInfo(name: string, type: OnnxType, shape: readonly (number | string)[]): ValueInfoProto {
  const dim = shape.map((length) =>
    create(TensorShapeProto_DimensionSchema, {
      value:
        typeof length === "string"
          ? { case: "dimParam", value: length }
          : { case: "dimValue", value: BigInt(length) },
    }),
  );
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: "tensorType", value: { elemType: typeCode[type], shape: { dim } } } },
  });
}
