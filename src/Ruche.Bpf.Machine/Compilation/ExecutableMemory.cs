// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Pages that are written once and then only executed: never both at a time.</summary>
internal sealed class ExecutableMemory : SafeHandle
{
    private readonly int _length;

    public ExecutableMemory(ReadOnlySpan<byte> code)
        : base(0, ownsHandle: true)
    {
        _length = code.Length;
        SetHandle(ExecutablePages.Take(code));
    }

    public static bool IsSupported => OperatingSystem.IsLinux();

    public override bool IsInvalid => handle == 0;

    public nint Address => handle;

    protected override bool ReleaseHandle()
    {
        ExecutablePages.GiveBack(handle, _length);
        return true;
    }
}
