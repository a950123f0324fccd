// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>One object of an iterator: tasks, control groups, maps, programs, links and others, <c>struct bpf_iter__…</c> with one pointer.</summary>
/// <typeparam name="TObject">The kernel's type of the objects.</typeparam>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct IteratorContext<TObject>
    where TObject : unmanaged
{
    private readonly ulong _meta;
    private readonly ulong _object;

    /// <summary>The file that is read, and how far it has come.</summary>
    public ref IteratorMeta Meta => ref *Addresses.Object<IteratorMeta>(_meta);

    /// <summary>The object; a null reference after the last one.</summary>
    public ref TObject Object => ref *Addresses.Object<TObject>(_object);
}
