// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Netlink;

/// <summary>How a netlink request ended; <paramref name="Message"/> is the kernel's own explanation, empty when it gave none.</summary>
internal readonly record struct NetlinkResult(Errno Errno, string Message)
{
    public bool IsOk => Errno is Errno.None;

    public void ThrowIfFailed(string operation, string? hint = null)
    {
        if (IsOk) return;
        string? said = Message.Length > 0 ? $"the kernel says: {Message}" : null;
        throw new BpfException(operation, Errno, (said, hint) switch
        {
            (null, _) => hint,
            (_, null) => said,
            _ => $"{said}; {hint}",
        });
    }
}
