// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Text of the kernel: arguments are addresses of text that a zero ends, and results are places in it, or negative errors.</content>
public static unsafe partial class Bpf
{
    /// <summary>Compares: 0 when they are the same, -1 or 1. Since 6.17.</summary>
    [Kfunc("bpf_strcmp")]
    public static int Strcmp(byte* first, byte* second) => throw KernelOnly.Call;

    /// <summary>Compares whatever the case of letters: 0 when they are the same, -1 or 1. Since 6.18.</summary>
    [Kfunc("bpf_strcasecmp")]
    public static int Strcasecmp(byte* first, byte* second) => throw KernelOnly.Call;

    /// <summary>The length. Since 6.17.</summary>
    [Kfunc("bpf_strlen")]
    public static int Strlen(byte* text) => throw KernelOnly.Call;

    /// <summary>The length, of a number of bytes at most. Since 6.17.</summary>
    [Kfunc("bpf_strnlen")]
    public static int Strnlen(byte* text, ulong count) => throw KernelOnly.Call;

    /// <summary>Where a letter is first. Since 6.17.</summary>
    [Kfunc("bpf_strchr")]
    public static int Strchr(byte* text, byte letter) => throw KernelOnly.Call;

    /// <summary>Where a letter is first; the end when there is none. Since 6.17.</summary>
    [Kfunc("bpf_strchrnul")]
    public static int Strchrnul(byte* text, byte letter) => throw KernelOnly.Call;

    /// <summary>Where a letter is first, in a number of bytes. Since 6.17.</summary>
    [Kfunc("bpf_strnchr")]
    public static int Strnchr(byte* text, ulong count, byte letter) => throw KernelOnly.Call;

    /// <summary>Where a letter is last. Since 6.17.</summary>
    [Kfunc("bpf_strrchr")]
    public static int Strrchr(byte* text, int letter) => throw KernelOnly.Call;

    /// <summary>How long only accepted letters follow. Since 6.17.</summary>
    [Kfunc("bpf_strspn")]
    public static int Strspn(byte* text, byte* accepted) => throw KernelOnly.Call;

    /// <summary>How long no rejected letter follows. Since 6.17.</summary>
    [Kfunc("bpf_strcspn")]
    public static int Strcspn(byte* text, byte* rejected) => throw KernelOnly.Call;

    /// <summary>Where a part is first. Since 6.17.</summary>
    [Kfunc("bpf_strstr")]
    public static int Strstr(byte* text, byte* part) => throw KernelOnly.Call;

    /// <summary>Where a part is first, in a number of bytes. Since 6.17.</summary>
    [Kfunc("bpf_strnstr")]
    public static int Strnstr(byte* text, byte* part, ulong count) => throw KernelOnly.Call;

    /// <summary>Writes text that user space reads from the program: to its output (1) or its errors (2). Since 6.18.</summary>
    [Kfunc("bpf_stream_vprintk_impl")]
    public static int StreamVprintkImpl(int stream, byte* format, void* arguments, uint size, void* aux) => throw KernelOnly.Call;
}
