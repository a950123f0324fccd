// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Compiler.Passes;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.Programs;

/// <summary>
/// Random modules do when compiled what they say: in the machine and in the kernel, with the same value and the same bytes. RUCHE_FUZZ_CASES asks for
/// more than the usual. Each is compiled for one of several targets; what a target lacks is not emitted.
/// </summary>
public sealed class RandomModuleTests : KernelTest
{
    private static readonly int Cases =
        Environment.GetEnvironmentVariable("RUCHE_FUZZ_CASES") is { } cases ? int.Parse(cases, CultureInfo.InvariantCulture) : 1_500;

    private static readonly TargetProfile[] Targets =
        [TargetProfile.Linux618, TargetProfile.Linux61, TargetProfile.Linux510, TargetProfile.Linux510 with { InstructionSet = 2 }, TargetProfile.Linux510 with { InstructionSet = 1 }];

    [Fact]
    public void Compiled_code_does_what_the_module_says()
    {
        int called = 0, repeated = 0;
        for (int seed = 0; seed < Cases; seed++)
        {
            string text = IrPrinter.Print(RandomModule.Generate(seed));
            byte[] given = new byte[RandomModule.PacketBytes], expected = new byte[RandomModule.PacketBytes];
            new Random(seed).NextBytes(given);
            given.CopyTo(expected, 0);
            uint value = new ReferenceRun(IrParser.Parse(text), expected).RunXdp("main");

            var target = Targets[seed % Targets.Length];
            var module = IrParser.Parse(text);
            if (seed % 2 == 0) repeated += OutlineRepeats(module);

            var spec = BpfCompiler.Compile(module, target);

            foreach (var function in spec.Functions.Values.Append(spec.Programs[0].Entry)) Assert.DoesNotContain(function.Instructions, i => InstructionSetOf(i) > target.InstructionSet);
            Compare($"module {seed}, machine", text, spec, value, expected, RunInMachine(spec, given));
            var verdict = ProgramVerifier.Verify(new ProgramReader(spec, kernel: null).Read(spec.Programs[0]), new());
            Assert.True(verdict.IsAccepted, $"module {seed}: {verdict.Explanation?.Slot} {verdict.Explanation?.Detail}\n{text}\n{Listing(spec)}");
            Compare($"module {seed}, kernel", text, spec, value, expected, RunInKernel(spec, given));
            if (spec.Functions.Values.Append(spec.Programs[0].Entry).Any(f => f.Instructions.Any(i => i.IsHelperCall && i.Immediate == (int)HelperId.Loop))) called++;
        }

        Assert.True(repeated > Cases / 50, $"only {repeated} functions of what is repeated");
        Assert.True(called > Cases / 50, $"only {called} modules have a loop that is called round by round");
    }

    // As in functions that are large: these are not.
    private static int OutlineRepeats(Ir.Module module)
    {
        int functions = module.Functions.Count;
        foreach (var function in module.Functions.ToList()) RepeatOutlining.Run(module, function, large: 0);
        return module.Functions.Count - functions;
    }

    private static int InstructionSetOf(Instruction code) => code switch
    {
        { Opcode: Opcodes.GotoLong or Opcodes.MayGoto } or { Class: InstructionClass.LoadX, Mode: MemoryMode.SignExtended } or { IsAlu: true, Offset: not 0 } => 4,
        { Class: InstructionClass.Jump32 } => 3,
        { Class: InstructionClass.Jump, JumpOperation: JumpOperation.Less or JumpOperation.LessOrEqual or JumpOperation.SignedLess or JumpOperation.SignedLessOrEqual } => 2,
        _ => 1,
    };

    private static void Compare(string what, string text, ObjectSpec spec, uint value, byte[] packet, (uint Value, byte[] Packet) run)
    {
        bool isSame = run.Value == value && run.Packet.AsSpan().SequenceEqual(packet);
        Assert.True(isSame, $"{what}: {run.Value:x} instead of {value:x}\n{Convert.ToHexStringLower(run.Packet)} instead of\n{Convert.ToHexStringLower(packet)}\n{text}\n{Listing(spec)}");
    }

    private static string Listing(ObjectSpec spec) =>
        string.Join("\n\n", spec.Functions.Values.Append(spec.Programs[0].Entry).Select(f => $"{f.Name}:\n{Disassembler.Format(f.Instructions.AsMemory())}"));

    private static (uint Value, byte[] Packet) RunInMachine(ObjectSpec spec, byte[] packet)
    {
        using var machine = BpfMachine.Load(spec);
        var run = machine.Program("main").Run(packet);
        Assert.True(run.Fault is null, $"{run.Fault}\n{Listing(spec)}");
        return (run.ReturnValue, [.. run.Packet]);
    }

    private static (uint Value, byte[] Packet) RunInKernel(ObjectSpec spec, byte[] packet)
    {
        using var kernel = BpfObject.Open(spec).Load();
        var run = kernel.Program("main").Run(packet);
        return (run.ReturnValue, [.. run.Output]);
    }
}
