// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>A case and its result as the guest has them: <c>struct test_case</c> of testdata/arm64.c.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GuestRecord
{
    public ulong Entry;
    public ulong Callback;
    public ulong Memory;
    public ulong Length;
    public ulong StackInUse;
    public ulong Budget;
    public ulong IsDirect;
    public ulong IsReadOnly;
    public ulong Value;
    public ulong Fault;
    public ulong Slot;
    public ulong Address;
    public ulong IsDamaged;
    public ulong Searches;

    public static GuestRecord Of(GuestCase test, ulong code, ulong memory) => new()
    {
        Entry = code,
        Callback = code + (ulong)test.Callback,
        Memory = memory,
        Length = (ulong)test.Memory.Length,
        StackInUse = (ulong)test.StackInUse,
        Budget = (ulong)test.Budget,
        IsDirect = test.IsDirect ? 1u : 0,
        IsReadOnly = test.IsReadOnly ? 1u : 0,
    };
}
