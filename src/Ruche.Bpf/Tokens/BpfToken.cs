// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Links;

namespace Ruche.Bpf.Tokens;

/// <summary>
/// The right to use some of bpf(2) that whoever mounted a BPF file system has passed on to a user namespace (Linux 6.9). Owns its
/// descriptor; what was made with it stays when it is disposed.
/// </summary>
public sealed class BpfToken : IDisposable
{
    private BpfToken(BpfFd fd) => Fd = fd;

    /// <summary>The descriptor; owned by this object.</summary>
    public BpfFd Fd { get; }

    /// <summary>Takes the rights that a BPF file system passes on.</summary>
    /// <param name="path">Where the file system is mounted, with <c>delegate_cmds</c> and so on among its options.</param>
    /// <exception cref="BpfException">
    /// EOPNOTSUPP: this process is not in a user namespace; EINVAL: no BPF file system is mounted there, or the kernel has no tokens;
    /// ENOENT: it passes nothing on; EPERM: the namespace is another one, or CAP_BPF is missing in it.
    /// </exception>
    public static BpfToken Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string operation = $"create a token of {path}";
        using var root = FileDescriptors.OpenDirectory(path, operation);
        TokenCreateAttr attr = new() { BpffsFd = (uint)root.Value };
        Errno errno = BpfSyscall.Try(BpfCommand.TokenCreate, ref attr, out int fd);
        if (errno is Errno.None) return new(new BpfFd(fd));
        throw new BpfException(operation, errno, errno switch
        {
            Errno.EOPNOTSUPP => "tokens are for processes in a user namespace; this one is in the first, and needs none",
            Errno.EINVAL => "no BPF file system is mounted right there, or this kernel has no tokens (Linux 6.9)",
            Errno.ENOENT => "the BPF file system passes nothing on; mount it with delegate_cmds, delegate_maps, delegate_progs and delegate_attachs",
            Errno.EPERM => "the BPF file system belongs to another user namespace, or the process lacks CAP_BPF in its own",
            _ => Hints.For(BpfCommand.TokenCreate, errno),
        });
    }

    /// <inheritdoc/>
    public void Dispose() => Fd.Dispose();
}
