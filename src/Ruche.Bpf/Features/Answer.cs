// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Features;

/// <summary>Reads an answer out of an error number.</summary>
internal static class Answer
{
    /// <summary>Yes for a descriptor, which is closed; no when the kernel does not understand; unknown for anything else.</summary>
    public static Support Of(Errno errno, int fd)
    {
        if (errno is Errno.None) new BpfFd(fd).Dispose();
        return errno switch
        {
            Errno.None => Support.Yes,
            Errno.EINVAL or Errno.E2BIG or Errno.ENOTSUPP or Errno.EOPNOTSUPP => Support.No,
            _ => Support.Unknown,
        };
    }
}
