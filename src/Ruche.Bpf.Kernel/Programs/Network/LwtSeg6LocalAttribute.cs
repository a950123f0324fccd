// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is an action of segment routing over IPv6 (4.18), and returns an <see cref="LwtAction"/>.</summary>
[Section("lwt_seg6local")]
public sealed class LwtSeg6LocalAttribute : BpfProgramAttribute;
