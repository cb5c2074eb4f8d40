/**
 * Datasets: toy sets, drawn digits and shapes, MNIST, Fashion-MNIST, CIFAR-10, IDX files; transforms; and the DataLoader
 * that makes batches.
 */
export {
  type CatalogueEntry,
  catalogue,
  catalogueEntry,
  type LoadOptions,
  loadDataset,
  type TrainTest,
} from "./catalogue.ts";
export { cifar10, cifar10Files } from "./cifar10.ts";
export { datasetContracts } from "./contracts.ts";
export { type Batch, DataLoader, type DataLoaderState } from "./data-loader.ts";
export type { DataLoaderOptions } from "./data-loader-contract.ts";
export { type Dataset, type Samples, splitDataset, take } from "./dataset.ts";
export { type DigitsOptions, digits } from "./digits/digits.ts";
export { DataError } from "./errors.ts";
export { fashionMnist, fashionMnistFiles } from "./fashion-mnist.ts";
export { type DataRoot, findDataRoot, type Surroundings } from "./files/data-root.ts";
export { fetchFiles } from "./files/fetch-files.ts";
export { type Archive, type DataFile, type FileSet, locate, locateFile } from "./files/file-set.ts";
export type { AbortSignalLike, FetchEvent, FetchOptions } from "./files/mirrors.ts";
export { type FileReport, verifyFiles } from "./files/verify.ts";
export { type IdxDatasetOptions, idxDataset, type ReadIdxOptions, readIdx } from "./idx-dataset.ts";
export { mnist, mnistFiles } from "./mnist.ts";
export type { LoaderRanks } from "./part-of-rank.ts";
export { type ShapesOptions, shapes } from "./shapes/shapes.ts";
export type { SplitOptions } from "./split-options.ts";
export { type BlobsOptions, blobs } from "./toy/blobs.ts";
export { type CirclesOptions, circles } from "./toy/circles.ts";
export { moons } from "./toy/moons.ts";
export type { ToyOptions } from "./toy/points.ts";
export { type SpiralsOptions, spirals } from "./toy/spirals.ts";
export { xor } from "./toy/xor.ts";
export { adjustBrightness, adjustContrast, adjustSaturation } from "./transforms/adjust-color.ts";
export { adjustHue } from "./transforms/adjust-hue.ts";
export { type AffineOptions, affine, rotate } from "./transforms/affine.ts";
export { ColorJitter, type ColorJitterOptions } from "./transforms/color-jitter.ts";
export { Compose } from "./transforms/compose.ts";
export { Cutout, type CutoutOptions } from "./transforms/cutout.ts";
export { type ChannelStatistics, Normalize } from "./transforms/normalize.ts";
export type { CropPadding } from "./transforms/pad-indices.ts";
export { permutePixels } from "./transforms/permute-pixels.ts";
export { RandomAffine, type RandomAffineOptions } from "./transforms/random-affine.ts";
export { RandomCrop, type RandomCropOptions } from "./transforms/random-crop.ts";
export {
  horizontalFlip,
  RandomHorizontalFlip,
  type RandomHorizontalFlipOptions,
} from "./transforms/random-horizontal-flip.ts";
export { RandomRotation } from "./transforms/random-rotation.ts";
export type { Bounds } from "./transforms/range.ts";
export { Resize, type ResizeOptions, resize } from "./transforms/resize.ts";
export type { Size } from "./transforms/size-option.ts";
export { cifar10Statistics, mnistStatistics } from "./transforms/statistics.ts";
export { ToTensor, type ToTensorOptions } from "./transforms/to-tensor.ts";
export type { Transform } from "./transforms/transform.ts";
export type { Interpolation, WarpOptions } from "./transforms/warp.ts";
