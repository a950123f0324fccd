// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Programs;

public sealed partial class BpfProgram
{
    /// <summary>Reads where the code's functions and lines come from. Empty parts were not given at load, or may not be seen.</summary>
    public unsafe ProgramDebugInfo ReadDebugInfo()
    {
        KernelProgInfo sizes = default;
        KernelObject.Describe(Fd, ref sizes, InfoOperation);
        FuncInfo[] functions = new FuncInfo[sizes.NrFuncInfo];
        LineInfo[] lines = new LineInfo[sizes.NrLineInfo];
        ulong[] jitedLines = new ulong[sizes.NrJitedLineInfo];
        ulong[] addresses = new ulong[sizes.NrJitedKsyms];
        uint[] lengths = new uint[sizes.NrJitedFuncLens];

        // SAFETY: the arrays are pinned during the call, and the kernel is told how many records of which size each one holds.
        fixed (FuncInfo* functionsAt = functions)
        fixed (LineInfo* linesAt = lines)
        fixed (ulong* jitedLinesAt = jitedLines, addressesAt = addresses)
        fixed (uint* lengthsAt = lengths)
        {
            KernelProgInfo info = new()
            {
                FuncInfo = (ulong)functionsAt,
                NrFuncInfo = sizes.NrFuncInfo,
                FuncInfoRecSize = (uint)Unsafe.SizeOf<FuncInfo>(),
                LineInfo = (ulong)linesAt,
                NrLineInfo = sizes.NrLineInfo,
                LineInfoRecSize = (uint)Unsafe.SizeOf<LineInfo>(),
                JitedLineInfo = (ulong)jitedLinesAt,
                NrJitedLineInfo = sizes.NrJitedLineInfo,
                JitedLineInfoRecSize = sizeof(ulong),
                JitedKsyms = (ulong)addressesAt,
                NrJitedKsyms = sizes.NrJitedKsyms,
                JitedFuncLens = (ulong)lengthsAt,
                NrJitedFuncLens = sizes.NrJitedFuncLens,
            };
            KernelObject.Describe(Fd, ref info, InfoOperation);

            // The kernel clears the address of what it does not give.
            return new()
            {
                Functions = info.FuncInfo == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(functions),
                Lines = info.LineInfo == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(lines),
                JitedLines = info.JitedLineInfo == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(jitedLines),
                JitedAddresses = info.JitedKsyms == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(addresses),
                JitedLengths = info.JitedFuncLens == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(lengths),
            };
        }
    }
}
