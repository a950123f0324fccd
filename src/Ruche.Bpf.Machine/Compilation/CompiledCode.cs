// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Compilation.Arm64;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Machine code of a program in executable memory. The memory goes when nobody refers to this any more.</summary>
internal sealed class CompiledCode
{
    private readonly ExecutableMemory _memory;
    private readonly int _callback;

    private CompiledCode(ExecutableMemory memory, int callback, bool isDirect, bool isStraight) =>
        (_memory, Entry, _callback, IsDirect, IsStraight) = (memory, memory.Address, callback, isDirect, isStraight);

    /// <summary>Whether there is a compiler for this processor and system.</summary>
    public static bool IsSupported { get; } = ExecutableMemory.IsSupported && RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => Bmi2.X64.IsSupported && Avx.IsSupported,
        Architecture.Arm64 => Arm64Processor.HasAtomics,
        _ => false,
    };

    /// <summary>Where the program begins.</summary>
    public nint Entry { get; }

    /// <summary>Whether the program is a function of two arguments that wants nothing of a run.</summary>
    public bool IsDirect { get; }

    /// <summary>Whether it ends so soon that nothing need wait for it.</summary>
    public bool IsStraight { get; }

    /// <summary>Where functions whose address is taken are called from outside.</summary>
    public nint CallbackEntry => _memory.Address + _callback;

    /// <summary>Compiles a program; <paramref name="handler"/> is a function of it that only the runtime calls.</summary>
    public static CompiledCode Of(DecodedInstruction[] code, int? handler, MapTable maps, bool isTrusted)
    {
        var layout = CodeLayout.Of(code, handler);
        int callback;
        var memory = RuntimeInformation.ProcessArchitecture is Architecture.Arm64
            ? new ExecutableMemory(Arm64Compiler.Compile(code, layout, isTrusted, RuntimeEntries.Own, out callback))
            : ForX64(code, layout, maps, isTrusted, out callback);
        return new(memory, callback, layout.IsDirect(isTrusted), layout.IsStraight);
    }

    private static ExecutableMemory ForX64(DecodedInstruction[] code, CodeLayout layout, MapTable maps, bool isTrusted, out int callback)
    {
        var scratch = X64Scratch.Take();
        ExecutableMemory memory = new(X64Compiler.Compile(scratch, code, layout, maps, isTrusted, out callback));
        scratch.Give();
        return memory;
    }
}
