// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Machine code of a program in executable memory. The memory goes when nobody refers to this any more.</summary>
internal sealed class CompiledCode
{
    private readonly ExecutableMemory _memory;

    private CompiledCode(ExecutableMemory memory) => _memory = memory;

    /// <summary>Whether there is a compiler for this processor and system.</summary>
    public static bool IsSupported { get; } =
        RuntimeInformation.ProcessArchitecture is Architecture.X64 && ExecutableMemory.IsSupported && Bmi2.X64.IsSupported && Avx.IsSupported;

    public nint Entry => _memory.Address;

    public static CompiledCode Of(DecodedInstruction[] code, bool isTrusted) => new(new(X64Compiler.Compile(code, isTrusted)));
}
