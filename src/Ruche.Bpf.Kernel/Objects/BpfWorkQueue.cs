// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Work in a map's value that runs where it may wait (6.10), see <see cref="Bpf.WqStart"/>.</summary>
[BtfName("bpf_wq")]
[StructLayout(LayoutKind.Sequential)]
public struct BpfWorkQueue
{
    private ulong _word0;
    private ulong _word1;
}
