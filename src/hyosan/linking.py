"""How kernels are compiled, and their parts only as far as it takes to link them into the kernels that call them.

Numba would optimise each part as a whole, make it executable and wrap it for Python, though nobody but a compiled
kernel calls it: that was more than half of what compiling took. Here a part stays code that waits, and the kernel is
optimised once, with everything that it calls.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from numba import njit, types
from numba.core import cgutils
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering
from numba.np import arrayobj

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Waiting(JITCodeLibrary):
    """Code that waits to be linked into other code."""

    def _optimize_final_module(self) -> None:
        """Leave that to whom it is linked into."""

    def _finalize_final_module(self) -> None:
        """Close the module, and do not hand it to the engine that makes code executable."""
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True


def _no_wrap(context: Any, builder: Any, kind: Any, index: Any, size: Any) -> Any:
    """An index of an array as it is."""
    return context.cast(builder, index, kind, types.intp)


def _item_pointer(*arguments: Any, **named: Any) -> Any:
    """Pointer to an item of an array, whose indices are as they are."""
    return _numbas_item_pointer(*arguments, **{**named, "wraparound": False})


_numbas_item_pointer = cgutils.get_item_pointer2


@contextmanager
def _indices_as_they_are() -> Iterator[None]:
    """While inside, no code is written that asks whether an index counts from the end.

    No index of a kernel does. Under `NUMBA_BOUNDSCHECK=1` one that did would raise `IndexError`.
    """
    before = arrayobj.fix_integer_index
    arrayobj.fix_integer_index, cgutils.get_item_pointer2 = _no_wrap, _item_pointer
    try:
        yield
    finally:
        arrayobj.fix_integer_index, cgutils.get_item_pointer2 = before, _numbas_item_pointer


def _refuse_floats(name: str, signatures: Any) -> None:
    """No float may stand between a draw and a decision: machines differ in their last bits.

    Raises:
        TypeError: One of the signatures of what a function calls, operators included, has a float.
    """
    kinds = (
        kind
        for signature in signatures.values()
        if signature is not None
        for kind in (*signature.args, signature.return_type)
    )
    if any(isinstance(kind, types.Float) for kind in kinds):
        raise TypeError(
            f"{name} computes with floats. Numba does so where a signed and an unsigned integer meet: "
            "make one like the other, as with np.int64(...)."
        )


@register_pass(mutates_CFG=True, analysis_only=False)
class _KernelLowering(NativeLowering):
    """Writes the code of a kernel."""

    _name = "hyosan_kernel_lowering"

    def run_pass(self, state: Any) -> bool:
        """Write it, unless it computes with floats; Numba's lock on compiling is held."""
        if not getattr(state.func_id.func, "of_floats", False):
            _refuse_floats(state.func_id.func_name, state.calltypes)
        with _indices_as_they_are():
            done: bool = super().run_pass(state)
        return done


@register_pass(mutates_CFG=True, analysis_only=False)
class _PartLowering(_KernelLowering):
    """Writes the code of a part, without anything by which Python could call it."""

    _name = "hyosan_part_lowering"

    def run_pass(self, state: Any) -> bool:
        """Write it, and make it known to those who will call it, under its library for a name."""
        state.library = _Waiting(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_cpython_wrapper = state.flags.no_cfunc_wrapper = state.flags.no_compile = True
        super().run_pass(state)
        state["cr"] = state["cr"]._replace(cfunc=state.library)
        state.targetctx.insert_user_function(state.library, state["cr"].fndesc, [state.library])
        return True


class KernelCompiler(CompilerBase):
    """Numba's own passes, but for the one that writes the code."""

    lowering: type[NativeLowering] = _KernelLowering

    def define_pipelines(self) -> list[Any]:
        """The one list of passes."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.passes = [(self.lowering if step is NativeLowering else step, why) for step, why in passes.passes]
        passes.finalize()
        return [passes]


class _PartCompiler(KernelCompiler):
    lowering = _PartLowering

    def define_pipelines(self) -> list[Any]:
        """As for kernels; arrays of a loop over several items at a time do not overlap."""
        self.state.flags.noalias = getattr(self.state.func_id.func, "apart", False)
        return super().define_pipelines()


class Part(CPUDispatcher):
    """A part of kernels. Python may call it too, as tests do: it is then compiled once more, by itself."""

    def __init__(self, function: Any, options: dict[str, Any]) -> None:
        super().__init__(function, targetoptions={"nopython": True, **options}, pipeline_class=_PartCompiler)
        self._alone: Any = njit(pipeline_class=KernelCompiler, **options)(function)

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """What Numba asks when the part is called: a constant is a number like others, not one to compile for."""
        return super().get_call_template([types.unliteral(each) for each in args], kws)

    def add_overload(self, compiled: Any) -> None:
        """Keep what was compiled for arguments of some types."""
        self.overloads[tuple(compiled.signature.args)] = compiled

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """What the part returns for arguments of Python."""
        return self._alone(*arguments, **named)
