// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Files that programs hold, and their names and attributes.</content>
public static unsafe partial class Bpf
{
    /// <summary>Gives a file back. In LSM programs. Since 6.12.</summary>
    [Kfunc("bpf_put_file")]
    public static void PutFile<TFile>(ref readonly TFile file)
        where TFile : unmanaged => throw KernelOnly.Call;

    /// <summary>Writes the name of a <c>struct path</c>. Returns its length with the zero. In LSM programs. Since 6.12.</summary>
    [Kfunc("bpf_path_d_path")]
    public static int PathDPath<TPath>(ref readonly TPath path, byte* buffer, ulong size)
        where TPath : unmanaged => throw KernelOnly.Call;

    /// <summary>Writes the name of a <c>struct path</c>. Returns its length with the zero, or a negative error. In LSM programs (6.12).</summary>
    public static int PathDPath<TPath>(ref readonly TPath path, Span<byte> text)
        where TPath : unmanaged
    {
        fixed (byte* to = &MemoryMarshal.GetReference(text)) return PathDPath(in path, to, (ulong)text.Length);
    }

    /// <summary>Reads an extended attribute of a file. Returns its length. In LSM programs. Since 6.8; may sleep.</summary>
    [Kfunc("bpf_get_file_xattr")]
    public static int GetFileXattr<TFile>(ref readonly TFile file, byte* name, ref Dynptr value)
        where TFile : unmanaged => throw KernelOnly.Call;

    /// <summary>Reads an extended attribute of a directory entry. Returns its length. In LSM programs. Since 6.12; may sleep.</summary>
    [Kfunc("bpf_get_dentry_xattr")]
    public static int GetDentryXattr<TDentry>(ref readonly TDentry dentry, byte* name, ref Dynptr value)
        where TDentry : unmanaged => throw KernelOnly.Call;

    /// <summary>Sets an extended attribute of a directory entry. In LSM programs. Since 6.15; may sleep.</summary>
    [Kfunc("bpf_set_dentry_xattr")]
    public static int SetDentryXattr<TDentry>(ref readonly TDentry dentry, byte* name, ref Dynptr value, int flags)
        where TDentry : unmanaged => throw KernelOnly.Call;

    /// <summary>Removes an extended attribute of a directory entry. In LSM programs. Since 6.15; may sleep.</summary>
    [Kfunc("bpf_remove_dentry_xattr")]
    public static int RemoveDentryXattr<TDentry>(ref readonly TDentry dentry, byte* name)
        where TDentry : unmanaged => throw KernelOnly.Call;

    /// <summary>Reads the digest by which a file is protected. In LSM programs. Since 6.8.</summary>
    [Kfunc("bpf_get_fsverity_digest")]
    public static int GetFsverityDigest<TFile>(ref readonly TFile file, ref Dynptr digest)
        where TFile : unmanaged => throw KernelOnly.Call;
}
