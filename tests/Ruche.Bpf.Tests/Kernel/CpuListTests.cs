// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Tests.Kernel;

public sealed class CpuListTests
{
    [Theory]
    [InlineData("0\n", new[] { 0 })]
    [InlineData("0-3\n", new[] { 0, 1, 2, 3 })]
    [InlineData("0,2-3,8\n", new[] { 0, 2, 3, 8 })]
    public void Lists_are_read_as_the_kernel_writes_them(string text, int[] cpus) => Assert.Equal(cpus, CpuList.Parse(text));

    [Fact]
    public void This_machine_has_a_processor_online() => Assert.InRange(CpuList.Online().Length, 1, CpuList.PossibleCount);
}
