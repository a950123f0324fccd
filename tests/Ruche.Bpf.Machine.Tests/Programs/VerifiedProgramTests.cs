// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Machine.Tests.Programs;

/// <summary>
/// Generated programs that the kernel's verifier has taken do the same in the live kernel, in the interpreter, and as checked and trusted
/// machine code. RUCHE_FUZZ_CASES asks for more than the usual.
/// </summary>
public sealed class VerifiedProgramTests : KernelTest
{
    private static readonly int Cases =
        Environment.GetEnvironmentVariable("RUCHE_FUZZ_CASES") is { } cases ? int.Parse(cases, CultureInfo.InvariantCulture) : 4_000;

    private static readonly MachineOptions[] Modes = [new() { Engine = MachineEngine.Interpreter }, new(), new() { IsTrusted = true }];

    [Fact]
    public void The_machine_does_what_the_kernel_does()
    {
        byte[] packet = new byte[VerifiedProgram.PacketBytes + 6], value = new byte[VerifiedProgram.ValueSize];
        Dictionary<string, int> refusals = [];
        int compared = 0;

        for (int seed = 0; seed < Cases; seed++)
        {
            var spec = VerifiedProgram.Generate(seed);
            Random random = new(seed);
            random.NextBytes(packet);
            random.NextBytes(value);
            if (RunInKernel(spec, packet, value, refusals) is not { } expected) continue;
            compared++;
            foreach (var mode in Modes)
            {
                using var machine = BpfMachine.Load(spec, mode);
                Assert.Equal(Errno.None, machine.Map("values").TryUpdate(new byte[4], value));
                var run = machine.Program("main").Run(packet);

                Assert.True(run.Fault is null, $"program {seed}, {mode.Engine}: {run.Fault}");
                var actual = Outcome.Of(run.ReturnValue, run.Packet, (map, key, to) => machine.Map(map).TryLookup(key, to) is Errno.None);
                Assert.True(expected == actual, $"program {seed}, {mode.Engine}{(mode.IsTrusted ? ", trusted" : "")}:\n{expected} in the kernel\n{actual} in the machine");
            }
        }

        string most = string.Join('\n', refusals.OrderByDescending(r => r.Value).Take(5).Select(r => $"{r.Value} × {r.Key}"));
        Assert.True(compared > Cases * 4 / 5, $"the kernel has taken {compared} of {Cases}:\n{most}");
    }

    private static Outcome? RunInKernel(ObjectSpec spec, byte[] packet, byte[] value, Dictionary<string, int> refusals)
    {
        try
        {
            using var kernel = BpfObject.Open(spec).Load();
            kernel.Map("values").Update(new byte[4], value);
            var run = kernel.Program("main").Run(packet);
            return Outcome.Of(run.ReturnValue, run.Output, (map, key, to) => kernel.Map(map).TryLookup(key, to));
        }
        catch (VerifierException e)
        {
            refusals[e.Log.Summary()] = refusals.GetValueOrDefault(e.Log.Summary()) + 1;
            return null;
        }
    }

    /// <summary>All that a run leaves behind, as text.</summary>
    private sealed record Outcome(string Text)
    {
        public static Outcome Of(uint returned, ReadOnlySpan<byte> packet, Func<string, byte[], byte[], bool> lookUp)
        {
            byte[] value = new byte[VerifiedProgram.ValueSize], entry = new byte[sizeof(ulong)];
            Assert.True(lookUp("values", new byte[4], value));
            List<string> entries = [];
            for (uint key = 0; key < 2 * VerifiedProgram.TableSize; key++)
                if (lookUp("table", BitConverter.GetBytes(key), entry)) entries.Add($"{key}={Convert.ToHexStringLower(entry)}");
            return new($"{returned:x} packet {Convert.ToHexStringLower(packet)} value {Convert.ToHexStringLower(value)} table {string.Join(' ', entries)}");
        }

        public override string ToString() => Text;
    }
}
