import * as autograd from "../../autograd/index.ts";
import { fields } from "../../contracts/internal.ts";
import * as manual from "../../manual/index.ts";
import { isLayerOrModule, type LayerOrModule } from "../subjects/layer-or-module.ts";

/** Whether a network of either side contains a batch normalisation. */
export function normalizes(network: LayerOrModule): boolean {
  return [...fields(network, isLayerOrModule)].some(
    ({ owner }) => owner instanceof manual.BatchNorm || owner instanceof autograd.BatchNorm,
  );
}
