// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Compilation.Arm64;

namespace Ruche.Bpf.Machine.Tests.Compilation.Arm64;

/// <summary>Instructions and what a disassembler shall read in them, compared all at once.</summary>
internal sealed class ExpectedInstructions
{
    private readonly Arm64Emitter _emitter = new();
    private readonly List<string> _expected = [];

    /// <summary>Whether the last instructions written are this text.</summary>
    public void Add(string expected, Action<Arm64Emitter> emit)
    {
        emit(_emitter);
        _expected.AddRange(expected.Split('\n'));
        Assert.True(_emitter.Length == _expected.Count * Arm64Emitter.InstructionBytes, $"{expected}: one instruction more or less");
    }

    public void Check()
    {
        Assert.True(_emitter.TryFinish(out var code));
        string[] actual = LlvmMc.Disassemble(code);
        for (int i = 0; i < actual.Length; i++) Assert.Equal(_expected[i], actual[i]);
    }
}
