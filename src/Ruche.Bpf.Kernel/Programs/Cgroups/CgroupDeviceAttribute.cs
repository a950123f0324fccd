// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program is asked when a control group opens or creates a device (4.15). Returns a <see cref="CgroupVerdict"/>.</summary>
[Section("cgroup/dev")]
public sealed class CgroupDeviceAttribute : BpfProgramAttribute;
