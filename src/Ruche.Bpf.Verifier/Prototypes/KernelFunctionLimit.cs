// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>A filter that the kernel lays over a set of kfuncs.</summary>
public enum KernelFunctionLimit : byte
{
    /// <summary>None.</summary>
    None,

    /// <summary>LSM programs only.</summary>
    Lsm,

    /// <summary>Iterators only.</summary>
    Iterators,

    /// <summary>Probes attached as sessions only.</summary>
    Sessions,

    /// <summary>Of the implementations of kernel structures, those of <c>struct Qdisc_ops</c> only, and there by the operation.</summary>
    QueueDisciplines,

    /// <summary>Programs bound to a network device only.</summary>
    DeviceBound,
}
