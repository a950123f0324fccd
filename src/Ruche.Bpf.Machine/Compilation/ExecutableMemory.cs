// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Code of one program, which no one can write any more.</summary>
internal sealed class ExecutableMemory : SafeHandle
{
    private readonly int _length;

    public ExecutableMemory(ReadOnlySpan<byte> code)
        : base(0, ownsHandle: true)
    {
        _length = code.Length;
        SetHandle(CodeHeap.Take(code));
    }

    public static bool IsSupported => CodeHeap.IsSupported;

    public override bool IsInvalid => handle == 0;

    public nint Address => handle;

    protected override bool ReleaseHandle()
    {
        CodeHeap.GiveBack(handle, _length);
        return true;
    }
}
