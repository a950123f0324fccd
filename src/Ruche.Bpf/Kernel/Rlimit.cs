// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary><c>struct rlimit64</c>.</summary>
internal struct Rlimit
{
    public ulong Soft;
    public ulong Hard;
}
