// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Machine.Tests.Conformance;

/// <summary>The conformance suite in the live kernel, beside the machine's engines: what the verifier takes returns the same everywhere.</summary>
public sealed class KernelConformanceTests : KernelTest
{
    // The rest shifts by constants that are too large, calls through a register, or calls a helper of the suite's own.
    private const int FewestVerified = 299;

    [Fact]
    public void The_kernel_and_the_machine_return_the_same()
    {
        ConformanceCase.Require();
        int verified = 0;

        foreach (var test in ConformanceCase.Positive)
        {
            byte[] memory = Convert.FromHexString(string.Concat(test.Sections.GetValueOrDefault("mem", "").Where(char.IsAsciiHexDigit)));
            var code = InstructionCodec.Decode(test.Bytecode);
            if (code.Any(IsHelperCall) || RunInKernel(code, memory) is not var (expected, after)) continue;
            verified++;

            foreach (var options in (MachineOptions[])[new() { Engine = MachineEngine.Interpreter }, new(), new() { IsTrusted = true }])
            {
                byte[] copy = [.. memory];
                var result = MachineProgram.Load([.. code], options).Run(copy);

                Assert.True(result.Fault is null && result.ReturnValue == expected, $"{test.Name}: the kernel returns 0x{expected:x}, the machine {result}");
                Assert.True(copy.AsSpan().SequenceEqual(after), $"{test.Name} leaves other memory");
            }
        }

        Assert.True(verified >= FewestVerified, $"the kernel has taken {verified} of {ConformanceCase.Positive.Count}");
    }

    // The suite's programs are given memory: here the value of a map, of which a program without one has eight bytes.
    private static (ulong Result, byte[] Memory)? RunInKernel(Instruction[] code, byte[] memory)
    {
        ImmutableArray<Instruction> main =
        [
            .. Insn.LoadWide(Register.R1, 0), // 0: the memory
            Insn.Mov64(Register.R2, memory.Length),
            Insn.CallFunction(0), // 3: the body
            .. Insn.LoadWide(Register.R1, 0), // 4: the result
            Insn.Store(MemoryWidth.Double, Register.R1, 0, Register.R0),
            Insn.Mov64(Register.R0, 0),
            Insn.Exit(),
        ];
        FunctionSpec entry = new()
        {
            Name = "main",
            Section = "xdp",
            Instructions = main,
            References = [new Reference.MapValue(0, "memory", 0), new Reference.Call(3, "body"), new Reference.MapValue(4, "result", 0)],
        };
        FunctionSpec body = new() { Name = "body", Section = ".text", Instructions = [.. code] };
        byte[] contents = memory.Length == 0 ? new byte[8] : memory;
        ObjectSpec spec = new()
        {
            Name = "conformance",
            ByteOrder = ByteOrder.Little,
            License = "Dual MIT/GPL",
            Maps = [Cell("memory", contents.Length), Cell("result", sizeof(ulong))],
            Programs = [new() { Name = "main", Section = "xdp", Entry = entry, Type = ProgramType.Xdp }],
            Functions = new Dictionary<string, FunctionSpec> { ["main"] = entry, ["body"] = body },
        };
        try
        {
            using var loaded = BpfObject.Open(spec).Load();
            loaded.Map("memory").Update(new byte[4], contents);
            loaded.Program("main").Run(new byte[64]);
            byte[] result = new byte[8], after = new byte[contents.Length];
            Assert.True(loaded.Map("result").TryLookup(new byte[4], result));
            Assert.True(loaded.Map("memory").TryLookup(new byte[4], after));
            return (BinaryPrimitives.ReadUInt64LittleEndian(result), after[..memory.Length]);
        }
        catch (VerifierException)
        {
            return null;
        }
    }

    private static bool IsHelperCall(Instruction i) => i.Opcode == Opcodes.Call && (CallKind)i.Source is CallKind.Helper;

    private static MapSpec Cell(string name, int size) => new() { Name = name, Type = MapType.Array, KeySize = sizeof(uint), ValueSize = size, MaxEntries = 1 };
}
