// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Last in, first out (<c>BPF_MAP_TYPE_STACK</c>).</summary>
/// <typeparam name="TValue">What it holds.</typeparam>
[MapKind(23)]
public readonly unsafe struct BpfStack<TValue>
    where TValue : unmanaged
{
    /// <summary>Adds a value. Returns 0, or E2BIG, negative, when there is no room.</summary>
    public long Push(in TValue value)
    {
        fixed (TValue* from = &value) return Bpf.MapPushElem(this, from, 0);
    }

    /// <summary>Adds a value, for which the oldest makes room. Returns 0.</summary>
    public long PushOver(in TValue value)
    {
        fixed (TValue* from = &value) return Bpf.MapPushElem(this, from, 2);
    }

    /// <summary>Takes the newest value; false when there is none.</summary>
    public bool TryPop(out TValue value)
    {
        Unsafe.SkipInit(out value);
        fixed (TValue* to = &value) return Bpf.MapPopElem(this, to) == 0;
    }

    /// <summary>Copies the newest value; false when there is none.</summary>
    public bool TryPeek(out TValue value)
    {
        Unsafe.SkipInit(out value);
        fixed (TValue* to = &value) return Bpf.MapPeekElem(this, to) == 0;
    }
}
