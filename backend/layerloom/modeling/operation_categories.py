"""Where an operation stands in the palette: a function of `keras.ops` that is not named here goes by its module."""

from collections.abc import Mapping

_NAMED: Mapping[str, str] = {
    "Arithmetic": "add subtract multiply divide true_divide divide_no_nan floor_divide mod fmod power negative "
    "absolute abs fabs square sqrt rsqrt cbrt reciprocal sign maximum minimum fmax fmin clip gcd lcm hypot",
    "Matrices": "matmul dot vdot inner outer tensordot einsum cross trace diag diagonal diagflat tril triu cdist",
    "Elementwise": "exp exp2 expm1 log log10 log1p log2 logaddexp logaddexp2 sin cos tan arcsin arccos arctan arctan2 "
    "sinh cosh tanh arcsinh arccosh arctanh sinc erf erfc erfinv floor ceil round trunc deg2rad rad2deg "
    "nan_to_num i0 heaviside ldexp nextafter real imag conj conjugate angle polar view_as_real",
    "Reduction": "sum mean max min amax amin prod std var median average quantile percentile ptp all any count_nonzero "
    "argmax argmin logsumexp moments norm cumsum cumprod nanargmax nanargmin nancumprod nancumsum nanmax "
    "nanmean nanmin nanprod nanstd nansum nanvar trapezoid segment_max segment_min segment_prod "
    "segment_sum",
    "Shape": "reshape transpose expand_dims squeeze broadcast_to moveaxis swapaxes flip fliplr flipud rot90 roll "
    "repeat tile pad ravel rearrange copy cast saturate_cast view stop_gradient",
    "Joining and splitting": "concatenate stack hstack vstack dstack append split array_split hsplit vsplit dsplit "
    "unstack meshgrid",
    "Picking": "get_item take take_along_axis slice slice_update scatter scatter_update where select top_k sort "
    "argsort argpartition searchsorted digitize in_top_k unravel_index one_hot multi_hot",
    "Comparison": "equal not_equal greater greater_equal less less_equal logical_and logical_or logical_not "
    "logical_xor isclose allclose isfinite isinf isnan isneginf isposinf isreal signbit",
    "Bits": "bitwise_and bitwise_or bitwise_xor bitwise_not bitwise_invert bitwise_left_shift bitwise_right_shift "
    "left_shift right_shift",
    "Constants": "array ones zeros full eye identity arange linspace logspace geomspace tri bartlett blackman hamming "
    "hanning kaiser ones_like zeros_like full_like",
    "Signal": "fft fft2 ifft2 rfft irfft stft istft extract_sequences correlate",
}
_BY_MODULE: Mapping[str, str] = {"linalg": "Linear algebra", "nn": "Neural network", "math": "Elementwise"}
_CATEGORIES: Mapping[str, str] = {name: category for category, names in _NAMED.items() for name in names.split()}

OPERATION_CATEGORIES = (*_NAMED, "Linear algebra", "Neural network", "More operations")
"""The categories in the order of the palette."""


def operation_category(function: str, module: str) -> str:
    """The palette category of `keras.ops.<function>`, which Keras keeps in `module` (`keras.src.ops.nn`)."""
    return _CATEGORIES.get(function) or _BY_MODULE.get(module.rpartition(".")[2], "More operations")
