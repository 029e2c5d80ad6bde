"""Rows of tables by their address, so that the whole center travels through the kernel as one pointer.

Arrays as arguments cost seven words each at every call that is not inlined; two dozen of them made the kernel four
times slower and three times slower to compile. A center is therefore one record that holds, beside its own numbers,
the addresses of its tables; `row_accessor` makes the function that finds a row. The caller keeps the arrays alive.
"""

from __future__ import annotations

import ctypes
from typing import Any, Protocol

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils
from numba.extending import intrinsic

DType = np.dtype[Any]


class RowAccessor(Protocol):
    """Finds a row of a table: `row(c, i)`."""

    def __call__(self, center: Any, index: int) -> Any:
        """The row at this position, to be read and written."""


def row_accessor(center: DType, table: str, row: DType) -> RowAccessor:
    """The function that finds a row of the table whose address stands in the center's field `table`."""
    settings: Any = numba.config
    if settings.DISABLE_JIT:
        return _interpreted(table, row)
    return _compiled(center, table, row)


def _interpreted(table: str, row: DType) -> RowAccessor:
    raw: Any = ctypes.c_char * row.itemsize

    def row_at(center: Any, index: int) -> Any:
        memory = raw.from_address(int(center[table]) + int(index) * row.itemsize)
        return np.frombuffer(memory, dtype=row)[0]

    return row_at


def _compiled(center: DType, table: str, row: DType) -> RowAccessor:
    pointer_add: Any = cgutils.pointer_add
    center_type, row_type = numba.from_dtype(center), numba.from_dtype(row)
    fields: Any = center.fields
    offset = fields[table][1]

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        pointer, index = arguments
        word = ir.IntType(64)
        field = pointer_add(builder, pointer, ir.Constant(word, offset), word.as_pointer())
        place = builder.add(builder.load(field), builder.mul(index, ir.Constant(word, row.itemsize)))
        return builder.inttoptr(place, context.get_value_type(row_type))

    def row_at(_typing: Any, _center: Any, _index: Any) -> Any:
        return row_type(center_type, numba.int64), generate

    found: Any = intrinsic(row_at)
    return found
