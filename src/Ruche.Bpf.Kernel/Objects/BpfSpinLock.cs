// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A lock in a map's value (5.1), see <see cref="Bpf.Lock(ref BpfSpinLock)"/>. A value has at most one.</summary>
[BtfName("bpf_spin_lock")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfSpinLock
{
    private uint _word0;
}
