// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Links;

/// <summary>Opens directories and namespace files as attach targets.</summary>
internal static class FileDescriptors
{
    private const int Directory = 0x10000;

    public static BpfFd OpenDirectory(string path, string operation) => Open(path, Libc.O_RDONLY | Libc.O_CLOEXEC | Directory, operation);

    public static BpfFd OpenFile(string path, string operation) => Open(path, Libc.O_RDONLY | Libc.O_CLOEXEC, operation);

    private static BpfFd Open(string path, int flags, string operation)
    {
        int fd = Libc.Open(path, flags);
        if (fd >= 0) return new BpfFd(fd);
        Errno errno = Failure.LastErrno;
        throw new BpfException(operation, errno, errno switch
        {
            Errno.ENOENT => $"'{path}' does not exist",
            Errno.ENOTDIR => $"'{path}' is not a directory",
            _ => Hints.For(errno),
        });
    }
}
