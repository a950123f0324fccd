// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>The program decodes pulses of an infrared receiver (4.18).</summary>
[Section("lirc_mode2")]
public sealed class LircMode2Attribute : BpfProgramAttribute;
