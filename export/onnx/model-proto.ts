import { create, toBinary } from "@bufbuild/protobuf";
import type { Graph } from "./graph.ts";
import { ModelProtoSchema, type ValueInfoProto } from "./schema/onnx_pb.ts";
import { version } from "./version.ts";

/** The version of the file format: that of ONNX 1.12, the first with opset 17. */
const irVersion = 8n;

/** The bytes of a file with this graph. */
export function modelBytes(
  graph: Graph,
  name: string,
  input: readonly ValueInfoProto[],
  output: ValueInfoProto,
): Uint8Array<ArrayBuffer> {
  const model = create(ModelProtoSchema, {
    irVersion,
    producerName: "chalk-and-tape",
    producerVersion: version,
    opsetImport: [{ domain: "", version: BigInt(graph.opset) }],
    graph: {
      name,
      node: graph.nodes,
      initializer: [...graph.initializers.values()],
      input: [...input],
      output: [output],
    },
  });
  return toBinary(ModelProtoSchema, model);
}
