// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Tests.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Tests.Conformance;

/// <summary>Every case of the conformance suite, in the text form and as the bytes that the suite's own assembler makes of it.</summary>
public sealed class ConformanceTests
{
    // The suite gives its programs one helper, which says whether to unwind: never for -1.
    private static readonly MachineOptions Options = new() { Helpers = HelperTable.Empty.With((HelperId)5, static (in HelperCall call) => call.First) };

    public static MatrixTheoryData<string, MachineEngine, bool> Runs => new([.. ConformanceCase.Positive.Select(c => c.Name)], Enum.GetValues<MachineEngine>(), [false, true]);

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Runs))]
    public void A_program_returns_what_the_suite_expects(string name, MachineEngine engine, bool isTrusted)
    {
        var test = ConformanceCase.Positive.Single(c => c.Name == name);
        byte[] memory = MemoryOf(test);
        var program = MachineProgram.Load([.. InstructionCodec.Decode(test.Bytecode)], Options with { Engine = engine, IsTrusted = isTrusted });

        var result = program.Run(memory);

        Assert.Null(result.Fault);
        Assert.Equal(ResultOf(test), result.ReturnValue);
    }

    [Fact]
    public void The_whole_suite_is_run()
    {
        ConformanceCase.Require();

        Assert.Equal(313, ConformanceCase.Positive.Count);
    }

    /// <summary>What R1 points at.</summary>
    internal static byte[] MemoryOf(ConformanceCase test) =>
        Convert.FromHexString(string.Concat(test.Sections.GetValueOrDefault("mem", "").Where(char.IsAsciiHexDigit)));

    /// <summary>What the program returns.</summary>
    internal static ulong ResultOf(ConformanceCase test)
    {
        string word = test.Sections["result"].Trim();
        return word.StartsWith("0x", StringComparison.Ordinal)
            ? ulong.Parse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : ulong.Parse(word, CultureInfo.InvariantCulture);
    }
}
