// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A lock in a map's value that gives up in place of waiting for ever (6.15), see <see cref="Bpf.ResSpinLock"/>.</summary>
[BtfName("bpf_res_spin_lock")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfResilientLock
{
    private uint _word0;
}
