/** Names of NumPy and PyTorch without a row, and why. */
export interface LeftOut {
  readonly what: string;
  /** Why they are not here, and what to do instead. */
  readonly reason: string;
  /** Each name with where it lives: np, ndarray, Generator, np.linalg; torch, Tensor, nn, F, optim, lr_scheduler. */
  readonly names: readonly string[];
}

/** `of("np", "angle conj")` is np.angle and np.conj. */
function of(place: string, names: string): string[] {
  return names.split(" ").map((name) => `${place}.${name}`);
}

// biome-ignore format: a table, one place a line
export const leftOut: readonly LeftOut[] = [
  {
    what: "Complex numbers",
    reason: "arrays hold real numbers",
    names: [
      ...of("np", "angle conj conjugate imag real real_if_close iscomplex iscomplexobj isreal isrealobj sort_complex"),
      ...of("ndarray", "conj conjugate imag real"),
      ...of("Tensor", "angle cdouble cfloat chalf conj conj_physical imag is_complex is_conj isreal is_neg real resolve_conj resolve_neg H mH adjoint"),
    ],
  },
  {
    what: "Bits and whole-number arithmetic",
    reason: "int32 and uint8 are for labels, masks and pictures; compute in float64, exact to 2⁵³",
    names: [
      ...of("np", "bitwise_and bitwise_count bitwise_invert bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor invert left_shift right_shift gcd lcm packbits unpackbits base_repr binary_repr"),
      ...of("ndarray", "byteswap"),
      ...of("Tensor", "bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor gcd lcm"),
    ],
  },
  {
    what: "Elementary functions that networks rarely use",
    reason: "each is a line of exp, log, sqrt, abs and where; Math has them for single numbers",
    names: [
      ...of("np", "arccosh acosh arcsinh asinh arctanh atanh copysign deg2rad degrees fabs float_power fmax fmin frexp heaviside i0 ldexp logaddexp2 modf nextafter positive rad2deg radians signbit sinc spacing unwrap isneginf isposinf"),
      ...of("Tensor", "acosh arccosh arcsinh asinh arctanh atanh copysign deg2rad digamma erfc erfinv float_power fmax fmin frac frexp heaviside i0 igamma igammac isneginf isposinf ldexp lgamma logaddexp2 logit mvlgamma nextafter polygamma positive rad2deg signbit sinc xlogy"),
    ],
  },
  {
    what: "NaN left out of sums",
    reason: "a NaN in training is a bug to find: findNonFinite names its layer; else `where(isnan(x), 0, x)`",
    names: [
      ...of("np", "nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar"),
      ...of("Tensor", "nanmean nanmedian nanquantile nansum"),
    ],
  },
  {
    what: "Dates and text",
    reason: "arrays hold numbers",
    names: of("np", "busday_count busday_offset datetime_as_string datetime_data is_busday isnat"),
  },
  {
    what: "File formats and bytes",
    reason: "encodeNpz, decodeNpz, encodeSafetensors and decodeSafetensors of the room training are bytes of a file, and readIdx of datasets reads IDX files",
    names: [
      ...of("np", "fromfile fromregex fromstring genfromtxt loadtxt save savetxt frombuffer from_dlpack"),
      ...of("ndarray", "dump dumps tobytes tofile"),
    ],
  },
  {
    what: "Types and devices",
    reason: "there are four dtypes and one device: `x.dtype` is a word, `x.astype(\"float32\")` converts",
    names: [
      ...of("np", "astype can_cast common_type isdtype isscalar issubdtype iterable min_scalar_type mintypecode promote_types result_type typename False_ True_"),
      ...of("ndarray", "base ctypes device flags getfield itemsize nbytes setfield setflags to_device"),
      ...of("Tensor", "bfloat16 byte char const_data_ptr data_ptr device element_size get_device grad_dtype half ipu is_cpu is_cuda is_floating_point is_ipu is_maia is_meta is_mkldnn is_mps is_mtia is_pinned is_shared is_signed is_vulkan is_xla is_xpu itemsize layout mtia name nbytes pin_memory record_stream short storage storage_type to_mkldnn type_as untyped_storage volatile xpu is_inference is_nonzero nelement ndimension as_subclass hash_tensor new new_empty new_empty_strided new_full new_ones new_tensor new_zeros module_load output_nr reinforce register_post_accumulate_grad_hook"),
    ],
  },
  {
    what: "Memory layout",
    reason: "arrays are row-major views; `x.copy()` makes a contiguous one, and kernels copy where they must",
    names: [
      ...of("np", "asanyarray asarray_chkfinite asfortranarray asmatrix isfortran may_share_memory require shares_memory"),
      ...of("Tensor", "dim_order is_contiguous is_same_size is_set_to storage_offset as_strided_scatter"),
    ],
  },
  {
    what: "Settings of NumPy itself",
    reason: "floating-point errors give NaN and Infinity without a warning",
    names: of("np", "format_float_positional format_float_scientific geterr geterrcall getbufsize setbufsize seterr seterrcall get_include info show_config show_runtime"),
  },
  {
    what: "Polynomials, windows and signals",
    reason: "not part of a course on networks; convolutions are conv2d",
    names: [
      ...of("np", "poly polyadd polyder polydiv polyfit polyint polymul polysub polyval roots vander bartlett blackman hamming hanning kaiser convolve correlate gradient interp trapezoid ediff1d"),
      ...of("Tensor", "istft stft"),
    ],
  },
  {
    what: "Sets, bins and counts",
    reason: "JavaScript's Set and Map do it: `new Set(x.flat())`",
    names: [
      ...of("np", "digitize histogram2d histogram_bin_edges histogramdd intersect1d isin setdiff1d setxor1d union1d unique_all lexsort partition argpartition array_equiv"),
      ...of("ndarray", "argpartition partition"),
      ...of("Tensor", "unique_consecutive"),
    ],
  },
  {
    what: "Python functions over arrays",
    reason: "write the loop in JavaScript, or the formula in array functions",
    names: of("np", "apply_along_axis apply_over_axes choose compress einsum_path extract fromfunction fromiter frompyfunc nested_iters piecewise select trim_zeros"),
  },
  {
    what: "Makers of indices",
    reason: "`x.slice` takes arrays of positions and masks; np.arange, np.nonzero and np.meshgrid make them",
    names: [
      ...of("np", "r_ s_ index_exp ix_ mgrid ogrid indices diag_indices diag_indices_from mask_indices ravel_multi_index tri tril_indices tril_indices_from triu_indices triu_indices_from unravel_index diagflat"),
      ...of("ndarray", "choose compress"),
      ...of("torch", "tril_indices triu_indices"),
      ...of("Tensor", "diag_embed diagflat diagonal_scatter index index_reduce nonzero_static renorm scatter_reduce select_scatter slice_inverse slice_scatter dist"),
    ],
  },
  {
    what: "Other spellings",
    reason: "`concatenate`, `stack` and broadcasting do the same; logspace is `np.power(10, np.linspace(0, 2, 3))`",
    names: [
      ...of("np", "block bmat broadcast_arrays cross geomspace logspace"),
      ...of("np.linalg", "cross"),
      ...of("torch", "logspace"),
      ...of("Tensor", "cross split_with_sizes unsafe_chunk unsafe_split unsafe_split_with_sizes"),
    ],
  },
  {
    what: "Decompositions and solvers",
    reason: "np.linalg has eigh and svd for principal components, solve and lstsq for linear systems; the others come from these",
    names: [
      ...of("np.linalg", "cholesky cond eig eigvals eigvalsh matrix_norm matrix_power matrix_rank pinv qr slogdet svdvals tensorinv tensorsolve"),
      ...of("Tensor", "cholesky cholesky_inverse cholesky_solve eig geqrf logdet lu lu_solve matrix_exp matrix_power orgqr ormqr pinverse qr slogdet symeig triangular_solve"),
    ],
  },
  {
    what: "Other distributions",
    reason: "the normal and the uniform distribution, whole numbers and permutations are here; others come from them by a formula",
    names: of("Generator", "beta bytes chisquare dirichlet exponential f gamma geometric gumbel hypergeometric laplace logistic lognormal logseries multinomial multivariate_hypergeometric negative_binomial noncentral_chisquare noncentral_f pareto poisson power rayleigh standard_cauchy standard_exponential standard_gamma standard_t triangular vonmises wald weibull zipf"),
  },
  {
    what: "Sparse and nested tensors",
    reason: "all arrays are dense",
    names: [
      ...of("Tensor", "ccol_indices coalesce col_indices crow_indices dense_dim indices is_coalesced is_nested is_sparse is_sparse_csr row_indices smm sparse_dim sparse_mask sspaddmm to_dense to_padded_tensor to_sparse to_sparse_bsc to_sparse_bsr to_sparse_coo to_sparse_csc to_sparse_csr values"),
      ...of("optim", "SparseAdam"),
    ],
  },
  {
    what: "Quantised tensors",
    reason: "float64 and float32 only",
    names: of("Tensor", "dequantize int_repr is_quantized q_per_channel_axis q_per_channel_scales q_per_channel_zero_points q_scale q_zero_point qscheme"),
  },
  {
    what: "Distributed training and internals of PyTorch",
    reason: "one process, one device",
    names: [
      ...of("Tensor", "is_distributed"),
      ...of("nn", "Container DataParallel ParameterDict ParameterList SyncBatchNorm UninitializedBuffer UninitializedParameter"),
      ...of("F", "assert_int_or_pair grouped_mm has_torch_function has_torch_function_unary has_torch_function_variadic native_channel_shuffle scaled_grouped_mm scaled_mm"),
    ],
  },
  {
    what: "Recurrent networks and transformers",
    reason: "written as a class from Linear and matmul: that is the exercise",
    names: [
      ...of("nn", "GRU GRUCell LSTM LSTMCell RNN RNNBase RNNCell RNNCellBase MultiheadAttention Transformer TransformerDecoder TransformerDecoderLayer TransformerEncoder TransformerEncoderLayer"),
      ...of("F", "multi_head_attention_forward"),
    ],
  },
  {
    what: "Sizes found in the first forward pass",
    reason: "a layer is made with its sizes, so that the twin on the other side has the same weights",
    names: of("nn", "LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d LazyConv1d LazyConv2d LazyConv3d LazyConvTranspose1d LazyConvTranspose2d LazyConvTranspose3d LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d LazyLinear"),
  },
  {
    what: "Three dimensions, and pooling of lines",
    reason: "pictures have two dimensions; for lines reshape (N, C, L) to (N, C, 1, L)",
    names: [
      ...of("nn", "AdaptiveAvgPool1d AdaptiveAvgPool3d AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d AvgPool1d AvgPool3d BatchNorm3d CircularPad1d CircularPad2d CircularPad3d ConstantPad1d ConstantPad2d ConstantPad3d Conv3d ConvTranspose1d ConvTranspose3d Dropout1d Dropout3d FractionalMaxPool2d FractionalMaxPool3d InstanceNorm1d InstanceNorm2d InstanceNorm3d LPPool1d LPPool2d LPPool3d MaxPool1d MaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d ReflectionPad1d ReflectionPad2d ReflectionPad3d ReplicationPad1d ReplicationPad2d ReplicationPad3d ZeroPad1d ZeroPad2d ZeroPad3d"),
      ...of("F", "adaptive_avg_pool1d adaptive_avg_pool3d adaptive_max_pool1d adaptive_max_pool1d_with_indices adaptive_max_pool2d adaptive_max_pool2d_with_indices adaptive_max_pool3d adaptive_max_pool3d_with_indices avg_pool1d avg_pool3d conv3d conv_tbc conv_transpose1d conv_transpose3d dropout1d dropout3d fractional_max_pool2d fractional_max_pool2d_with_indices fractional_max_pool3d fractional_max_pool3d_with_indices instance_norm lp_pool1d lp_pool2d lp_pool3d max_pool1d max_pool1d_with_indices max_pool2d_with_indices max_pool3d max_pool3d_with_indices max_unpool1d max_unpool2d max_unpool3d"),
    ],
  },
  {
    what: "Pictures made larger, and patches in another order",
    reason: "ConvTranspose2d learns it; resize of the room datasets changes pictures before training; `reshape` and `permute` reorder patches",
    names: [
      ...of("nn", "ChannelShuffle PixelShuffle PixelUnshuffle Upsample UpsamplingBilinear2d UpsamplingNearest2d"),
      ...of("F", "affine_grid channel_shuffle grid_sample interpolate pixel_shuffle pixel_unshuffle upsample upsample_bilinear upsample_nearest"),
    ],
  },
  {
    what: "Activations that few networks use",
    reason: "each is a line: Softsign is `x.div(abs(x).add(1))`, LogSigmoid `log(sigmoid(x))` or −Softplus(−x), Mish `x.mul(tanh(log1p(exp(x))))`",
    names: [
      ...of("nn", "AlphaDropout CELU FeatureAlphaDropout GLU Hardshrink Hardsigmoid Hardswish LogSigmoid Mish RReLU Softmax2d Softmin Softshrink Softsign Tanhshrink Threshold"),
      ...of("F", "alpha_dropout celu feature_alpha_dropout glu gumbel_softmax hardshrink hardsigmoid hardswish logsigmoid mish rrelu softmin softshrink softsign tanhshrink threshold"),
      ...of("Tensor", "hardshrink"),
    ],
  },
  {
    what: "Other normalisations",
    reason: "GroupNorm with one group a channel is InstanceNorm; RMSNorm is the example of CONTRIBUTING.md",
    names: [
      ...of("nn", "CrossMapLRN2d LocalResponseNorm RMSNorm"),
      ...of("F", "local_response_norm rms_norm"),
    ],
  },
  {
    what: "Other losses and distances",
    reason: "each is a formula of a few methods, and any tensor of one element can be the loss",
    names: [
      ...of("nn", "AdaptiveLogSoftmaxWithLoss CTCLoss EmbeddingBag GaussianNLLLoss LinearCrossEntropyLoss LinearCrossEntropyOptions MarginRankingLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss NLLLoss2d PairwiseDistance PoissonNLLLoss SoftMarginLoss TripletMarginLoss TripletMarginWithDistanceLoss"),
      ...of("F", "ctc_loss embedding_bag gaussian_nll_loss linear_cross_entropy margin_ranking_loss multilabel_margin_loss multilabel_soft_margin_loss pairwise_distance pdist poisson_nll_loss soft_margin_loss triplet_margin_loss triplet_margin_with_distance_loss"),
    ],
  },
  {
    what: "Other optimizers and schedules",
    reason: "an optimizer of one's own extends Optimizer; a schedule of one's own is a LambdaLR",
    names: [
      ...of("optim", "ASGD Adafactor LBFGS Muon"),
      ...of("lr_scheduler", "CyclicLR"),
    ],
  },
];
