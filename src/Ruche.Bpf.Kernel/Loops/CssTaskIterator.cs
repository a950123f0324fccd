// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Goes through the tasks of a control group: <c>struct bpf_iter_css_task</c>. Lives on the stack and stays where it is.</summary>
[BtfName("bpf_iter_css_task")]
[StructLayout(LayoutKind.Sequential)]
public struct CssTaskIterator
{
    private ulong _word0;
}
