// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

internal static partial class DiagnosticSamples
{
    private static IEnumerable<DiagnosticSample> Programs()
    {
        yield return new("RU3600", "fifteen bytes of code", () => Thrown(() => InstructionCodec.Decode(new byte[15])));
        yield return new("RU3601", "no code at all", () => Refused(""));
        yield return new("RU3602", "zeros where code should be", () => Refused(".byte 0, 0, 0, 0, 0, 0, 0, 0\nexit"));
        yield return new("RU3603", "a byte swap of eight bits", () => Refused(".byte 0xdc, 0, 0, 0, 8, 0, 0, 0\nexit"));
        yield return new("RU3604", "a write to the frame pointer", () => Refused("r10 = 1\nexit"));
        yield return new("RU3605", "half a 64-bit constant", () => Refused("exit\n.byte 0x18, 0, 0, 0, 1, 0, 0, 0", "RU3605"));
        yield return new("RU3606", "a jump over the end", () => Refused("goto +1\nexit"));
        yield return new("RU3607", "a call of a function behind the end", () => Refused("call pc+4\nexit"));
        yield return new("RU3608", "a program that does not exit", () => Refused("r0 = 0"));
    }

    private static IEnumerable<DiagnosticSample> Assembly()
    {
        yield return new("RU3620", "`r1 = 2 r3`", () => Unreadable("r1 = 2 r3"));
        yield return new("RU3621", "`may_got +3`", () => Unreadable("may_got +3"));
        yield return new("RU3622", "`r1 = r11`", () => Unreadable("r1 = r11"));
        yield return new("RU3623", "`r1 = 4294967296`", () => Unreadable("r1 = 4294967296"));
        yield return new("RU3624", "`goto dono`, `done: exit`", () => Unreadable("goto dono\ndone: exit"));
        yield return new("RU3625", "`a: exit`, twice", () => Unreadable("a: exit\na: exit"));
        yield return new("RU3626", "a short jump over forty thousand instructions", () =>
            Unreadable($"goto far\n{string.Concat(Enumerable.Repeat("r0 = 0\n", 40_000))}far: exit"));
        yield return new("RU3627", "`call bpf_map_lookup_elm`", () => Unreadable("call bpf_map_lookup_elm"));
    }

    private static Diagnostic Refused(string program, string? id = null)
    {
        DiagnosticBag diagnostics = new();
        InstructionValidator.Validate(Assembler.Assemble(program), diagnostics, new() { File = File, Section = "xdp" });
        return Assert.Single(diagnostics.Items, d => id is null || d.Id == id);
    }

    private static Diagnostic Unreadable(string text) => Thrown(() => Assembler.Assemble(text, "bees.s"));
}
