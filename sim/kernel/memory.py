"""Records and rows of tables by their address, so that the whole center travels through the kernel as one pointer.

Arrays as arguments cost seven words each at every call that is not inlined; two dozen of them made the kernel four
times slower, and more than doubled the time to compile it. A center is therefore one record that holds, beside its
own numbers, the addresses of its tables; `row_accessor` makes the function that finds a row. The caller keeps the
arrays alive.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Protocol

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils
from numba.extending import intrinsic

from sim.kernel.machine_code import is_interpreted

DType = np.dtype[Any]

_CACHE_LINE = 64
_TO_WRITE_SOON = (1, 3, 1)  # llvm.prefetch: to write, keep close, data


class RecordAtAddress(Protocol):
    """Finds a record by its address."""

    def __call__(self, address: int) -> Any:
        """The record, to be read and written."""


class RowAccessor(Protocol):
    """Finds a row of a table: `row(c, i)`."""

    def __call__(self, center: Any, index: int) -> Any:
        """The row at this position, to be read and written."""


def record_at_address(kind: DType) -> RecordAtAddress:
    """The function that finds a record of this kind by its address."""
    if is_interpreted():
        return _interpreted_record(kind)
    record_type = numba.from_dtype(kind)

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], context.get_value_type(record_type))

    def record_at(_typing: Any, _address: Any) -> Any:
        return record_type(numba.uint64), generate

    found: Any = intrinsic(record_at)
    return found


def row_accessor(center: DType, table: str, row: DType) -> RowAccessor:
    """The function that finds a row of the table whose address stands in the center's field `table`."""
    if is_interpreted():
        record_at = _interpreted_record(row)
        return lambda c, index: record_at(int(c[table]) + int(index) * row.itemsize)
    return _compiled_row(center, table, row)


def row_prefetcher(center: DType, table: str, row: DType) -> Callable[[Any, int], None]:
    """The function that asks for a row ahead of its use, `fetch(c, i)`: in a large center rows lie far from hand."""
    if is_interpreted():
        return lambda _center, _index: None
    return _compiled_prefetch(center, table, row)


def _interpreted_record(kind: DType) -> RecordAtAddress:
    raw: Any = ctypes.c_char * kind.itemsize
    return lambda address: np.frombuffer(raw.from_address(int(address)), dtype=kind)[0]


def _compiled_row(center: DType, table: str, row: DType) -> RowAccessor:
    center_type, row_type = numba.from_dtype(center), numba.from_dtype(row)

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        place = _place(builder, center, table, row, *arguments)
        return builder.inttoptr(place, context.get_value_type(row_type))

    def row_at(_typing: Any, _center: Any, _index: Any) -> Any:
        return row_type(center_type, numba.int64), generate

    found: Any = intrinsic(row_at)
    return found


def _compiled_prefetch(center: DType, table: str, row: DType) -> Callable[[Any, int], None]:
    center_type = numba.from_dtype(center)
    byte_pointer, number = ir.IntType(8).as_pointer(), ir.IntType(32)
    prefetch = ir.FunctionType(ir.VoidType(), [byte_pointer, number, number, number])

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        function = builder.module.declare_intrinsic("llvm.prefetch.p0i8", (), prefetch)
        place = _place(builder, center, table, row, *arguments)
        for offset in range(0, row.itemsize, _CACHE_LINE):
            line = builder.inttoptr(builder.add(place, ir.Constant(ir.IntType(64), offset)), byte_pointer)
            builder.call(function, [line, *(number(hint) for hint in _TO_WRITE_SOON)])
        return _context.get_dummy_value()

    def fetch(_typing: Any, _center: Any, _index: Any) -> Any:
        return numba.void(center_type, numba.int64), generate

    found: Any = intrinsic(fetch)
    return found


def _place(builder: Any, center: DType, table: str, row: DType, pointer: Any, index: Any) -> Any:
    """The address of a row, as a number."""
    pointer_add: Any = cgutils.pointer_add
    fields: Any = center.fields
    word = ir.IntType(64)
    field = pointer_add(builder, pointer, ir.Constant(word, fields[table][1]), word.as_pointer())
    return builder.add(builder.load(field), builder.mul(index, ir.Constant(word, row.itemsize)))
