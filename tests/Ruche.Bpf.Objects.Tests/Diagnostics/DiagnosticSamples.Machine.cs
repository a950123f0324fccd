// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Captures;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> Machines()
    {
        yield return NotRun(MachineDiagnostics.NoHelper, "a lookup in a map, in a machine without helpers", "call 1");
        yield return NotRun(MachineDiagnostics.NoKernelFunction, "a call of a kernel function", "call kernel-function#7");
        yield return NotRun(MachineDiagnostics.NoMap, "a map by its descriptor", "r1 = map[fd:3] ll");
        yield return NotRun(MachineDiagnostics.NoPacket, "an old load from a packet", "r0 = *(u8 *)skb[0]");
        yield return NotRun(MachineDiagnostics.NoJumpTable, "a jump through a register", "gotox r1");
        yield return NotRun(MachineDiagnostics.NoArena, "a cast to an arena", "r1 = addr_space_cast(r1, 0x0, 0x1)");
        yield return new(MachineDiagnostics.BadCapture, "packets of a file that is no capture", () => Thrown(() => PacketCapture.Read(new byte[32], File)));
        yield return new(MachineDiagnostics.NoKernelRun, "a program for a trace point, to be compared with the kernel", () => Thrown(() =>
            KernelComparison.Require(File, new()
            {
                Name = "watches",
                Section = "tp/sched/sched_switch",
                Type = ProgramType.Tracepoint,
                Entry = new() { Name = "watches", Section = "tp/sched/sched_switch", Instructions = [] },
            })));
    }

    private static DiagnosticSample NotRun(string id, string input, string code) =>
        new(id, input, () => Thrown(() => MachineProgram.Load([.. Assembler.Assemble($"{code}\nexit", File)], new() { Name = File })));
}
