// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What a helper returns.</summary>
public enum ResultKind : byte
{
    /// <summary>A number.</summary>
    Integer,

    /// <summary>Nothing: R0 must not be read afterwards.</summary>
    Void,

    /// <summary>A pointer to a value of the map argument.</summary>
    MapValue,

    /// <summary>A full socket.</summary>
    Socket,

    /// <summary>A TCP socket.</summary>
    TcpSocket,

    /// <summary>The common part of a socket.</summary>
    SocketCommon,

    /// <summary>Memory whose size an <see cref="ArgumentKind.AllocationSize"/> argument gave.</summary>
    Memory,

    /// <summary>The variable behind a per-CPU pointer: memory, or an object of the kernel.</summary>
    MemoryOrBtf,

    /// <summary>Memory of a dynptr, of the size that an argument gave.</summary>
    DynamicPointerMemory,

    /// <summary>An object of the kernel of the type <see cref="HelperPrototype.ResultTypeName"/>, or of the kptr field's type when that is null.</summary>
    Btf,
}
