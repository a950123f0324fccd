// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>The context of programs on socket options, <c>struct bpf_sockopt</c>. The value is given as the run's data.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SockOpt
{
    /// <summary>The address of the socket's <see cref="Sock"/>.</summary>
    public ulong Sk;

    /// <summary>The address of the value.</summary>
    public ulong Optval;

    /// <summary>The address behind the value.</summary>
    public ulong OptvalEnd;

    /// <summary>The level.</summary>
    public int Level;

    /// <summary>The option.</summary>
    public int Optname;

    /// <summary>The length of the value.</summary>
    public int Optlen;

    /// <summary>What the system call will return.</summary>
    public int Retval;
}
