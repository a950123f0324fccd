// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A socket's option that is read or set: <c>struct bpf_sockopt</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct SockOptContext
{
    private readonly ulong _socket;
    private readonly ulong _value;
    private readonly ulong _valueEnd;

    /// <summary>The protocol that the option is of; a program can change it when it is set.</summary>
    public int Level;

    /// <summary>The option; a program can change it when it is set.</summary>
    public int Name;

    /// <summary>How long its value is; -1 keeps the kernel from setting it.</summary>
    public int Length;

    /// <summary>What the call returns; a program can set it to 0 when the option is read.</summary>
    public int ReturnValue;

    /// <summary>The value's bytes.</summary>
    public readonly unsafe Packet Value => new(PacketAddresses.Byte(_value), PacketAddresses.End(_valueEnd));

    /// <summary>The socket; a null reference when there is none.</summary>
    public readonly unsafe ref SockContext Socket => ref *Addresses.Object<SockContext>(_socket);
}
