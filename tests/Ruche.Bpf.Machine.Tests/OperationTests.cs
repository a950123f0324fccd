// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Tests;

public sealed class OperationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Machine_code_computes_what_the_interpreter_does(bool isTrusted)
    {
        foreach (var (name, code, memory) in EveryOperation.Programs)
        {
            byte[] expected = [.. memory], actual = [.. memory];

            Assert.Null(MachineProgram.Load(code, new() { Engine = MachineEngine.Interpreter }).Run(expected).Fault);
            Assert.Null(MachineProgram.Load(code, new() { IsTrusted = isTrusted }).Run(actual).Fault);

            Assert.True(expected.AsSpan().SequenceEqual(actual), $"{name}: other numbers");
        }
    }
}
