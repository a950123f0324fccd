// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Files.</content>
public static unsafe partial class Bpf
{
    /// <summary>Writes the name of a <c>struct path</c>. Returns its length with the zero. Only in functions that the kernel lists. Tracing; 5.10.</summary>
    [Helper(147)]
    public static long DPath<TPath>(ref readonly TPath path, void* buf, uint sz)
        where TPath : unmanaged => throw KernelOnly.Call;

    /// <summary>Writes the name of a <c>struct path</c>. Returns its length with the zero, or a negative error (5.10).</summary>
    public static long DPath<TPath>(ref readonly TPath path, Span<byte> text)
        where TPath : unmanaged
    {
        fixed (byte* to = &MemoryMarshal.GetReference(text)) return DPath(in path, to, (uint)text.Length);
    }

    /// <summary>Copies the hash of a file's content that the integrity measurement keeps. Returns which algorithm it is. LSM; 5.11; may sleep.</summary>
    [Helper(161)]
    public static long ImaInodeHash<TInode>(ref readonly TInode inode, void* dst, uint size)
        where TInode : unmanaged => throw KernelOnly.Call;

    /// <summary>Copies the hash of a file's content, measured now if need be. Returns which algorithm it is. LSM; 5.18; may sleep.</summary>
    [Helper(193)]
    public static long ImaFileHash<TFile>(ref readonly TFile file, void* dst, uint size)
        where TFile : unmanaged => throw KernelOnly.Call;

    /// <summary>The socket that a file is; a null reference when it is none. Tracing; 5.11.</summary>
    [Helper(162, Returns = AddressSpace.Kernel)]
    public static ref TSocket SockFromFile<TSocket, TFile>(ref readonly TFile file)
        where TSocket : unmanaged
        where TFile : unmanaged => throw KernelOnly.Call;
}
